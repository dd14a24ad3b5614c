//! Texts that are made to take an engine the most time or memory for their size.

/// A text of any size.
pub(crate) struct Case {
    pub(crate) name: String,
    make: Box<dyn Fn(usize) -> String>,
}

impl Case {
    fn new(name: impl Into<String>, make: impl Fn(usize) -> String + 'static) -> Case {
        Case { name: name.into(), make: Box::new(make) }
    }

    /// A case that is nothing but this, again and again.
    fn again(piece: &str) -> Case {
        let own = piece.to_owned();
        Case::new(piece.replace('\n', "⏎"), move |bytes| own.repeat(bytes / own.len()))
    }

    /// About so many bytes of it.
    pub(crate) fn text(&self, bytes: usize) -> String {
        (self.make)(bytes)
    }
}

/// Every case; `starts` are the first characters of the words that rules look for.
pub(crate) fn cases(starts: String) -> Vec<Case> {
    const AGAIN: [&str; 34] = [
        "的",
        "a",
        " ",
        "\n",
        "（",
        "）",
        "《",
        "“",
        "“\n",
        "”\n",
        "，",
        "1",
        "1 ",
        "１",
        "是是是",
        "会议",
        "国家级",
        "布署",
        "布署\n",
        "其它其他",
        "國a\n",
        "一、",
        "一.",
        "2026年2月30日",
        "第十条",
        "《中华人民共和国合同法》",
        "13800138000 ",
        "http://",
        "www.",
        "a@b.c@",
        "<!--",
        "e\u{301}",
        "🇨🇳",
        "国\u{200b}家级",
    ];
    let nested = |bytes: usize| {
        let depth = bytes / 12;
        "“‘".repeat(depth) + &"’”".repeat(depth)
    };
    let short_forms = |bytes: usize| {
        let form = |n: usize| format!("《某条例》（以下简称《条{n:07}》）\n");
        (0..bytes / form(0).len()).map(form).collect()
    };
    let ignored = "<!-- baguan:ignore wording/idiom-misspelt -->一愁莫展\n";
    let mut cases: Vec<Case> = AGAIN.into_iter().map(Case::again).collect();
    cases.push(Case::new("quotes in quotes", nested));
    cases.push(Case::new("short forms announced", short_forms));
    cases.push(Case::new("ignore marks", |bytes| ignored.repeat(bytes / ignored.len())));
    cases.push(Case::new("first two characters of every word", move |bytes| {
        starts.repeat(bytes / starts.len())
    }));
    cases
}
