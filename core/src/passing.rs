//! What passes a test, told without a branch for each: no look into memory waits for another.

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
