// The panel's own style. Its colours can be set from outside by the properties it names.

export const STYLE = `
:host {
  --ink: var(--baguan-ink, #1f1d1a); --faint: var(--baguan-faint, #5f594f); --line: var(--baguan-line, #d8d2c6);
  --paper: var(--baguan-paper, #fffdf9); --red: #9c1f1f; --amber: #85560a; --green: #2e6b34; --blue: #32618a;
  display: block; color: var(--ink); background: var(--paper); line-height: 1.6; font-size: 14px;
}
* { box-sizing: border-box; }
header { display: flex; align-items: center; gap: .8em; padding: .9em 1em .7em; }
.verdict { padding: .05em .7em; border: 2px solid; font-weight: bold; letter-spacing: .2em; text-indent: .2em; }
.count { flex: 1; color: var(--faint); }
.pass { color: var(--green); } .revise { color: var(--amber); } .block { color: var(--red); }
button {
  font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 2px;
  padding: .2em .7em; cursor: pointer;
}
button:hover { border-color: var(--faint); }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 1px; }
.lights {
  display: grid; grid-template-columns: repeat(4, 1fr); list-style: none; margin: 0; padding: 0;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line);
}
.lights li { padding: .5em .2em; text-align: center; border-left: 1px solid var(--line); }
.lights li:first-child { border-left: 0; }
.lights b { display: block; font-size: .85em; font-weight: normal; }
.lamp { display: inline-block; width: .6em; height: .6em; margin-right: .4em; border-radius: 50%; background: currentColor; }
section { padding: 0 1em; }
h2 { display: flex; justify-content: space-between; margin: 1.1em 0 .2em; font-size: 1em; letter-spacing: .15em; }
h2 span { color: var(--faint); font-weight: normal; }
ol, .accepted ul { margin: 0; padding: 0; list-style: none; }
ol li { padding: .6em 0; border-top: 1px solid var(--line); }
.place { display: flex; gap: .6em; align-items: baseline; width: 100%; padding: 0; border: 0; text-align: left; }
.place span { flex: 1; overflow-wrap: anywhere; }
.place:hover span { text-decoration: underline; text-underline-offset: .25em; }
.place i { flex: none; font-style: normal; font-size: .85em; }
.fatal i { color: #fff; background: var(--red); padding: 0 .4em; }
.error i { color: var(--red); } .warning i { color: var(--amber); } .hint i { color: var(--blue); }
.why { margin: .2em 0 .4em; color: var(--faint); font-size: .88em; overflow-wrap: anywhere; }
.acts { display: flex; flex-wrap: wrap; gap: .4em; font-size: .9em; }
.fix { border-color: var(--green); color: var(--green); text-align: left; }
form { display: flex; gap: .4em; margin-top: .5em; }
input { flex: 1; min-width: 0; font: inherit; padding: .2em .5em; border: 1px solid var(--faint); border-radius: 2px; background: #fff; color: inherit; }
.accepted { margin: 1em; color: var(--faint); }
.accepted li { display: flex; gap: .6em; align-items: baseline; padding: .3em 0; }
.accepted span { flex: 1; }
.status { min-height: 1.6em; margin: .6em 1em; color: var(--faint); }
@media (pointer: coarse) { button, input { min-height: 2.6em; } .place { min-height: 0; } }
`;
