//! Questions, where somebody sits at the terminal who can answer them.

use std::io::{IsTerminal, stdin};

use crate::cli::{Failure, report};

/// Asks, or does not.
pub(super) struct Asker {
    can_ask: bool,
}

impl Asker {
    /// Asks where both ends are a terminal.
    pub(super) fn new() -> Asker {
        Asker { can_ask: stdin().is_terminal() && std::io::stdout().is_terminal() }
    }

    /// A value: what was typed on the command line, else the answer to a question, else what is usual. An answer that cannot
    /// be is asked for again; on the command line, behind `option`, it is wrong usage.
    pub(super) fn value<T>(
        &self,
        (option, typed): (&str, Option<&str>),
        question: &str,
        usual: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let wrong = |text: &str, why: &str| {
            Failure::usage(format!("“{}” will not do for {option}", text.escape_debug()), why)
        };
        // What cannot be seen was not meant, and would stand in files and on the terminal.
        let read = |text: &str| match text.chars().any(char::is_control) {
            true => Err("it holds something that cannot be seen, such as the end of a line".to_owned()),
            false => read(text),
        };
        if let Some(typed) = typed {
            return read(typed).map_err(|why| wrong(typed, &why));
        }
        while let Some(answer) = self.ask(question, usual) {
            match read(&answer) {
                Ok(value) => return Ok(value),
                Err(why) => report::say(&format!("“{}” will not do: {why}", answer.escape_debug())),
            }
        }
        read(usual).map_err(|why| wrong(usual, &why))
    }

    /// An answer; what is usual where it is empty, and nothing where nobody can be asked or nobody answers any more.
    fn ask(&self, question: &str, usual: &str) -> Option<String> {
        if !self.can_ask {
            return None;
        }
        let choice = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
        report::ask(&format!("{question}{choice} "));
        let mut line = String::new();
        let read = stdin().read_line(&mut line).unwrap_or(0);
        let answer = Some(line.trim()).filter(|answer| !answer.is_empty()).unwrap_or(usual);
        (read > 0).then(|| answer.to_owned())
    }
}
