//! What passes a test, told without a branch for each: no look into memory waits for another.

/// As many as are judged before the first is kept.
pub(crate) const BLOCK: usize = u64::BITS as usize;

/// Adds the places of the bits that are set, the lowest of which is that of `from`.
#[inline]
pub(crate) fn add_ones(from: usize, mut bits: u64, ones: &mut Vec<usize>) {
    while bits != 0 {
        ones.push(from + bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
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

/// Those of `all` that pass, in order.
#[inline]
pub(crate) fn those<T: Copy>(mut all: Vec<T>, passes: impl Fn(T) -> bool) -> Vec<T> {
    let kept = keep(&mut all, passes);
    all.truncate(kept);
    all
}

/// Moves those that pass to the front, in order, and gives how many they are.
#[inline]
pub(crate) fn keep<T: Copy>(all: &mut [T], passes: impl Fn(T) -> bool) -> usize {
    let mut kept = 0;
    for n in 0..all.len() {
        let one = all[n];
        all[kept] = one;
        kept += usize::from(passes(one));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order() {
        for len in [0, 1, 63, 64, 65, 200] {
            let is_third = |n: usize| n.is_multiple_of(3);
            let all: Vec<usize> = (0..len).collect();
            let expected: Vec<usize> = all.iter().copied().filter(|n| is_third(*n)).collect();
            assert_eq!(those(all.clone(), is_third), expected);
        }
    }
}
