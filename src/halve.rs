//! Finds out which of several changes are to blame.

/// Tries changes together by `broken`, which makes those that break nothing, and tells what others break. Of these,
/// halves are tried, in their order, until each to blame is by itself: those are returned, with what they break. It is
/// never asked of no change at all.
pub(crate) fn to_blame<T>(all: Vec<T>, mut broken: impl FnMut(&[T]) -> Option<String>) -> Vec<(T, String)> {
    let mut blamed = Vec::new();
    let mut groups = if all.is_empty() { Vec::new() } else { vec![all] };
    while let Some(mut group) = groups.pop() {
        let Some(why) = broken(&group) else { continue };
        let second = group.split_off(group.len() / 2);
        if group.is_empty() {
            blamed.extend(second.into_iter().map(|one| (one, why.clone())));
        } else {
            groups.extend([second, group]);
        }
    }
    blamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_to_blame_is_not_made() {
        let mut made = Vec::new();
        let blamed = to_blame((1..=10).collect(), |group| {
            let why = group.iter().find(|&one| one % 4 == 0).map(|one| format!("{one} is four times something"));
            made.extend(group.iter().filter(|_| why.is_none()).copied());
            why
        });
        assert_eq!(blamed.iter().map(|(one, _)| *one).collect::<Vec<i32>>(), [4, 8]);
        assert_eq!(made, [1, 2, 3, 5, 6, 7, 9, 10]);
        assert!(to_blame(Vec::<i32>::new(), |_| Some("asked".to_owned())).is_empty());
    }
}
