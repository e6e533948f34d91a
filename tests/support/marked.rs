//! Invented copy with marked attributions: `annotations/attributions.txt`, which says how it is marked.

/// A stretch of the text, in bytes.
pub type Place = (usize, usize);

/// An attribution as it is marked.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    pub source: Vec<Place>,
    pub cue: Vec<Place>,
    pub content: Vec<Place>,
    /// What stands under it without holding its cue.
    pub carried: Vec<Place>,
    /// Whether the cue reports speech or writing, not a thought or wish.
    pub speech: bool,
}

/// An article as Markdown, with its attributions by number.
pub struct Copy {
    pub text: String,
    pub marked: Vec<Marked>,
}

/// The articles of the fixture.
pub fn articles() -> Vec<Copy> {
    let lines: Vec<&str> = include_str!("../annotations/attributions.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()).map(copy).collect()
}

fn copy(lines: &[&str]) -> Copy {
    let mut copy = Copy { text: String::new(), marked: Vec::new() };
    for line in lines {
        if !copy.text.is_empty() {
            copy.text.push_str("\n\n");
        }
        copy.add(line);
    }
    copy.marked.retain(|marked| !marked.cue.is_empty());
    copy
}

impl Copy {
    /// Adds a marked line.
    fn add(&mut self, line: &str) {
        let mut open: Vec<(char, usize, usize)> = Vec::new();
        let mut rest = line;
        while let Some(at) = rest.find(['{', '}']) {
            self.text.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            if rest.as_bytes()[at] == b'}' {
                let (kind, number, start) = open.pop().expect("an open mark");
                self.mark(kind, number, start);
                rest = after;
                continue;
            }
            let (mark, words) = after.split_once(' ').expect("a mark with words");
            let kind = mark.chars().next().expect("a kind");
            let number = mark[1..].parse().expect("a number");
            // The hyphen that makes a list item is no part of what it says.
            let item = words.strip_prefix("- ");
            self.text.push_str(item.map_or("", |_| "- "));
            open.push((kind, number, self.text.len()));
            rest = item.unwrap_or(words);
        }
        assert!(open.is_empty(), "an open mark: {line}");
        self.text.push_str(rest);
    }

    fn mark(&mut self, kind: char, number: usize, start: usize) {
        let place = (start, self.text.len());
        if self.marked.len() <= number {
            self.marked.resize(number + 1, Marked::default());
        }
        let marked = &mut self.marked[number];
        match kind {
            'S' => marked.source.push(place),
            'C' => marked.content.push(place),
            'K' => marked.carried.push(place),
            'Q' | 'T' => {
                marked.cue.push(place);
                marked.speech = kind == 'Q';
            }
            _ => panic!("no kind of mark: {kind}"),
        }
    }
}
