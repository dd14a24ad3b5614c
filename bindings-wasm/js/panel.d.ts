import type { Live } from "./live.js";

/** `<baguan-panel>`: fires `baguan-ignore` and `baguan-restore` with the finding and the reason. */
export class BaguanPanel extends HTMLElement {
  /** Shows the findings of a live review; null for none. */
  watch(live: Live | null): void;
  readonly reportText: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "baguan-panel": BaguanPanel;
  }
}
