//! A page's nodes as JSON text, written one after another. What a node leaves open is left out: nothing of it is null.

use serde::Serialize;

/// The graph of a page.
pub(super) struct Graph {
    json: Vec<u8>,
    nodes: usize,
}

impl Graph {
    /// A graph without nodes.
    pub(super) fn new() -> Graph {
        Graph { json: br#"{"@context":"https://schema.org","@graph":["#.to_vec(), nodes: 0 }
    }

    /// Adds a node.
    pub(super) fn add(&mut self, node: &impl Serialize) {
        if self.nodes > 0 {
            self.json.push(b',');
        }
        self.nodes += 1;
        let _infallible = serde_json::to_writer(&mut self.json, node);
    }

    /// The JSON.
    pub(super) fn finish(mut self) -> String {
        self.json.extend(b"]}");
        String::from_utf8(self.json).unwrap_or_default()
    }
}
