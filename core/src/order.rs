//! Sorting of what is sorted seldom or stands mostly in order: by one routine, where the standard library has several
//! thousand bytes for each type.

use std::cmp::Ordering;

/// Sorts by `order`; those that are equal stay as they stood.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| order(one, other).is_le()) {
        return;
    }
    let places = sorted_places(items.len(), &|one, other| order(&items[one], &items[other]));
    let mut held: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| held[place].take()));
}

/// Sorts by what `key` gives.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// The places of so many items, sorted by `order`; those that are equal stay as they stand.
#[inline(never)]
pub(crate) fn sorted_places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| order(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ones_stay_as_they_stood() {
        let mut words = ["乙2", "甲1", "乙1", "甲2"].map(str::to_owned).to_vec();
        sort_by_key(&mut words, |word| word.chars().next());
        assert_eq!(words, ["乙2", "乙1", "甲1", "甲2"]);
        sort_by(&mut words, Ord::cmp);
        assert_eq!(words, ["乙1", "乙2", "甲1", "甲2"]);
    }
}
