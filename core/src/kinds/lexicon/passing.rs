//! What passes a test, told without a branch for each: no look into memory waits for another.

/// As many as are judged before the first is kept.
pub(crate) const BLOCK: usize = u64::BITS as usize;

/// The numbers below `len` that pass, in order.
#[inline]
pub(crate) fn numbers(len: usize, passes: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut passing = Vec::with_capacity(len / 4);
    for from in (0..len).step_by(BLOCK) {
        let block = from..(from + BLOCK).min(len);
        let count = block.len();
        let bits = block.fold(0, |bits, n| pushed(bits, passes(n)));
        add_ones(from, aligned(bits, count), &mut passing);
    }
    passing
}

/// `bits` with one more on top, the others one lower: that takes no shift by a number that must be loaded.
#[inline]
pub(crate) const fn pushed(bits: u64, bit: bool) -> u64 {
    bits >> 1 | (bit as u64) << (BLOCK - 1)
}

/// The `count` bits that were pushed, from 1 to 64, the first the lowest.
#[inline]
pub(crate) const fn aligned(bits: u64, count: usize) -> u64 {
    bits >> (BLOCK - count)
}

/// Adds the places of the bits that are set, the lowest of which is that of `from`.
#[inline]
pub(crate) fn add_ones(from: usize, mut bits: u64, ones: &mut Vec<usize>) {
    while bits != 0 {
        ones.push(from + bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// Those of `all` that pass, in order.
#[inline]
pub(crate) fn those<T: Copy>(mut all: Vec<T>, passes: impl Fn(T) -> bool) -> Vec<T> {
    let mut kept = 0;
    for n in 0..all.len() {
        let one = all[n];
        all[kept] = one;
        kept += usize::from(passes(one));
    }
    all.truncate(kept);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order() {
        for len in [0, 1, 63, 64, 65, 200] {
            let is_third = |n: usize| n.is_multiple_of(3);
            let expected: Vec<usize> = (0..len).filter(|n| is_third(*n)).collect();
            assert_eq!(numbers(len, is_third), expected);
            assert_eq!(those((0..len).collect(), is_third), expected);
        }
        assert_eq!(numbers(130, |_| true), (0..130).collect::<Vec<_>>());
    }
}
