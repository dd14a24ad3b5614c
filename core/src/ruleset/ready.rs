//! The scan for the rules of a set: what finds their literals, and which rules each of them wakes.

use serde::{Deserialize, Serialize};

use crate::draft::read::Reader;
use crate::files::Lines;
use crate::kinds::{Owners, Sight, Wake};
use crate::ruleset::compiled::Weight;
use crate::ruleset::rule::Rule;
use crate::scan::{Literals, PackedScanner, Scanner};

/// The scan for the rules of a set.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) scanner: Scanner,
    pub(crate) owners: Owners,
    /// The rules that look at all lines.
    pub(crate) lines: Vec<u32>,
    /// The rules that look at the whole draft.
    pub(crate) whole: Vec<u32>,
}

/// The same as it is kept in a file.
#[derive(Serialize, Deserialize)]
struct Packed<'p> {
    #[serde(borrow)]
    scan: Scan<'p>,
    owners: Vec<i32>,
    lines: Vec<u32>,
    whole: Vec<u32>,
}

/// The scan of a file: ready made, or what it is to be made of, which weighs a quarter.
#[derive(Serialize, Deserialize)]
enum Scan<'p> {
    Ready(#[serde(borrow)] PackedScanner<'p>),
    /// To be made of the literals, which are kept elsewhere.
    Literals,
}

impl Ready {
    /// The scan for these rules; the message says why there can be none.
    pub(super) fn of(rules: &[Rule]) -> Result<Ready, String> {
        let (mut literals, mut owners) = (Literals::default(), Owners::default());
        for (n, rule) in (0..).zip(rules) {
            rule.check().wake(&mut Wake::new(n, &mut literals, &mut owners));
        }
        let seeing = |sight: Sight| {
            let own = (0..).zip(rules).filter(|(_, rule)| rule.check().sight() == sight);
            own.map(|(n, _)| n).collect()
        };
        Ok(Ready {
            scanner: Scanner::new(&literals, &Reader::new())?,
            owners: owners.sorted(&literals),
            lines: seeing(Sight::Lines),
            whole: seeing(Sight::Draft),
        })
    }

    pub(super) fn pack(&self, weight: Weight) -> Vec<u8> {
        let packed = Packed {
            scan: match weight {
                Weight::Whole => Scan::Ready(self.scanner.pack()),
                Weight::Light => Scan::Literals,
            },
            owners: self.owners.pack(),
            lines: self.lines.clone(),
            whole: self.whole.clone(),
        };
        postcard::to_allocvec(&packed).expect("numbers can be packed")
    }

    /// The scan of a set of so many rules, where that is what was packed; with the literals, where they are what it is to be
    /// made of.
    pub(super) fn unpack(bytes: &[u8], rules: usize, literals: &Lines) -> Option<Ready> {
        let reader = Reader::new();
        let packed: Packed<'_> = postcard::from_bytes(bytes).ok()?;
        let (scanner, literals) = match packed.scan {
            Scan::Ready(scanner) => Scanner::unpack(&scanner, &reader)?,
            Scan::Literals => {
                let literals = literals.all();
                (Scanner::of(&literals, &reader).ok()?, literals.len())
            }
        };
        let owners = Owners::unpack(&packed.owners, literals, rules)?;
        let known = |list: &[u32]| list.iter().all(|rule| (*rule as usize) < rules);
        let Packed { lines, whole, .. } = packed;
        (known(&lines) && known(&whole)).then_some(Ready { scanner, owners, lines, whole })
    }
}
