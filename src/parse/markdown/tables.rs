//! Tables, in a box that scrolls sideways on a narrow screen and that the keyboard can reach.

use pulldown_cmark::{Alignment, Tag};

use super::writer::Writer;

/// The columns of the table that is open; tables cannot hold tables.
#[derive(Default)]
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    next: usize,
    head: bool,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, alignments: &[Alignment]) {
        self.columns = Columns { alignments: alignments.to_vec(), next: 0, head: false };
        self.open(
            "<section class=\"table-scroll\" tabindex=\"0\"",
            "</tbody></table></section>\n",
            Some("a table"),
        );
        self.tables += 1;
        match self.tables {
            1 => self.label("table"),
            number => self.numbered_label("table_n", number),
        }
        self.out.markup("><table>\n");
    }

    pub(super) fn table_part(&mut self, at: usize, part: &Tag<'_>) {
        match part {
            Tag::TableHead => {
                self.columns.head = true;
                self.columns.next = 0;
                self.open("<thead><tr>", "</tr></thead>\n<tbody>\n", None);
            }
            Tag::TableRow => {
                self.columns.head = false;
                self.columns.next = 0;
                self.open("<tr>", "</tr>\n", None);
            }
            _ => self.cell(self.nodes[at].end == at + 1),
        }
    }

    /// An empty corner of the head is no heading of a column, so it is a `td`.
    fn cell(&mut self, empty: bool) {
        let alignment = self.columns.alignments.get(self.columns.next).copied();
        self.columns.next += 1;
        let is_header = self.columns.head && !empty;
        let (open, close) = if is_header { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.open(open, close, None);
        self.out.markup(match alignment {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Left | Alignment::None) | None => ">",
        });
    }
}
