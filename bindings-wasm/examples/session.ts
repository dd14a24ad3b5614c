// A draft that is being written.

import { Reviewer } from "baguan/slim";

const session = new Reviewer().session("会议要求，抓好落实。");
const { added, removed } = session.edit(0, 2, "大家一愁莫展。会议");
console.log(added.length, removed.length, session.text, session.report().verdict);
session.free();
