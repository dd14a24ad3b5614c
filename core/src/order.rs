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

/// Values in the order of their numbers, of which there are `count`, with where those of each number begin, and the end;
/// those of one number stay as they stood. `room` is any value.
pub(crate) fn by_number<T: Copy>(
    numbered: impl Iterator<Item = (u32, T)> + Clone,
    count: usize,
    room: T,
) -> (Vec<u32>, Vec<T>) {
    // The place of the next value of a number stands where the end of its values is to be.
    let mut ends = vec![0; count + 2];
    numbered.clone().for_each(|(number, _)| ends[number as usize + 2] += 1);
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let mut values = vec![room; sum as usize];
    numbered.for_each(|(number, value)| {
        let place = &mut ends[number as usize + 1];
        values[*place as usize] = value;
        *place += 1;
    });
    ends.truncate(count + 1);
    (ends, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_their_numbers() {
        let numbered = [(2, 'c'), (0, 'a'), (2, 'd'), (4, 'e')];
        assert_eq!(
            by_number(numbered.into_iter(), 5, ' '),
            (vec![0, 1, 1, 3, 3, 4], vec!['a', 'c', 'd', 'e'])
        );
        assert_eq!(by_number([].into_iter(), 0, ' '), (vec![0], vec![]));
    }

    #[test]
    fn equal_ones_stay_as_they_stood() {
        let mut words = ["乙2", "甲1", "乙1", "甲2"].map(str::to_owned).to_vec();
        sort_by_key(&mut words, |word| word.chars().next());
        assert_eq!(words, ["乙2", "乙1", "甲1", "甲2"]);
        sort_by(&mut words, Ord::cmp);
        assert_eq!(words, ["乙1", "乙2", "甲1", "甲2"]);
    }
}
