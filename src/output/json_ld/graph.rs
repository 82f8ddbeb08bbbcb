//! A page's nodes as JSON text, written one after another.

use serde::Serialize;
use serde_json::Value;

use crate::output::json::compact;

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

    /// Adds a node, without what it leaves open.
    pub(super) fn add(&mut self, node: Value) {
        self.write(&compact(node));
    }

    /// Adds a node that leaves nothing open.
    pub(super) fn write(&mut self, node: &impl Serialize) {
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
