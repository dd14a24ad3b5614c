//! Numbers as bytes.

pub(super) fn byte(number: usize) -> u8 {
    u8::try_from(number).expect("a number of eight bits")
}

/// A number in bytes of seven bits, the lowest first, all but the last marked.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push(byte(number & 0x7f | 0x80));
        number >>= 7;
    }
    bytes.push(byte(number));
}

/// Numbers that go up, as how many each leaves out.
pub(super) fn put_steps(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = usize>) {
    let mut next = 0;
    for number in numbers {
        put(bytes, number - next);
        next = number + 1;
    }
}

/// What [`put`] wrote.
pub(super) struct Numbers<'p>(pub(super) &'p [u8]);

impl Numbers<'_> {
    #[inline]
    pub(super) fn next(&mut self) -> Option<usize> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        // Nearly all are small.
        if *byte <= 0x7f { Some(usize::from(*byte)) } else { self.long(usize::from(byte & 0x7f)) }
    }

    /// The number of which the lowest seven bits were read.
    #[cold]
    fn long(&mut self, mut number: usize) -> Option<usize> {
        let mut shift = 7;
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if *byte <= 0x7f {
                return Some(number);
            }
            shift += 7;
        }
    }
}

/// The number that [`put_steps`] would step over none to.
#[derive(Default)]
pub(super) struct Steps(usize);

impl Steps {
    #[inline]
    pub(super) fn next(&mut self, numbers: &mut Numbers<'_>) -> Option<usize> {
        let number = self.0.checked_add(numbers.next()?)?;
        self.0 = number.checked_add(1)?;
        Some(number)
    }
}
