//! What can be typed: the arguments as they stand on the command line, not yet what they mean.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Where the website is written where nothing else is said.
pub(super) const OUTPUT: &str = "public";

const AFTER_HELP: &str = "\
Exit status: 0 done; 1 findings that stop publishing; 2 wrong usage; 3 the machine failed (disk full, …).
Colours are shown on a terminal only, and never where NO_COLOR is set.";

/// Makes a campaign website from Markdown: statements, picket locations, timelines.
#[derive(Debug, Parser)]
#[command(name = "handbill", version, about, after_help = AFTER_HELP, max_term_width = 100, propagate_version = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) shared: Shared,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Debug, Group)]
pub(super) struct Shared {
    /// The campaign's folder [default: the nearest one here or above that holds content/campaign.yaml]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) root: Option<PathBuf>,
}

/// What Handbill can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a campaign: content, editor settings, and what publishes it
    Init(Init),
    /// Build the website into a folder
    Build(Build),
    /// Show the website while you write it: what you save is on the screen at once
    Serve(Serve),
    /// Look for mistakes; with --fix, correct some of them
    Check(Check),
    /// Say when the website changes next by itself: an embargo ends, a day dawns
    Next(Next),
    /// Make a document to begin with
    New(New),
    /// Print the JSON Schema of a file, for editors and forms
    Schema(Schema),
    /// Explain a finding: why it is told, with a wrong example and a right one
    Explain(Explain),
    /// Print what completes commands in a shell
    Completions(Completions),
    /// Print a page of the manual, as man(1) reads it
    Man(Man),
}

/// How to begin. On a terminal, what is not given is asked for.
#[derive(Debug, Group)]
pub(super) struct Init {
    /// The folder of the campaign; what is in it already stays as it is
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// What the campaign is called
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The union that speaks
    #[arg(long, value_name = "NAME")]
    pub(super) union: Option<String>,
    /// The employer
    #[arg(long, value_name = "NAME")]
    pub(super) employer: Option<String>,
    /// Where the website will stand
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// The time zone, such as America/Los_Angeles [default: this machine's]
    #[arg(long, value_name = "ZONE")]
    pub(super) time_zone: Option<String>,
    /// The language of the site: en, es or de; what is for its makers (README, comments) is in English
    #[arg(long, value_name = "CODE")]
    pub(super) language: Option<String>,
    /// Who publishes it [default: github-pages]
    #[arg(long, value_enum)]
    pub(super) host: Option<Host>,
}

/// Where a campaign can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Host {
    /// GitHub Pages
    GithubPages,
    /// GitLab Pages
    GitlabPages,
    /// Cloudflare Pages, from GitHub
    CloudflarePages,
    /// Netlify, from GitHub
    Netlify,
    /// Any store that speaks S3, from GitHub
    S3,
    /// Your own server, from GitHub
    Rsync,
}

/// As what the website is made.
#[derive(Debug, Group)]
pub(super) struct Site {
    /// Where the website will stand, in place of campaign.yaml's base_url
    #[arg(long, value_name = "URL", env = "HANDBILL_BASE_URL", hide_env_values = true)]
    pub(super) base_url: Option<String>,
    /// The website as of this moment: 2024-10-24, 2024-10-24T05:40 (in the campaign's time zone) or with an offset
    /// [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// Show drafts and embargoed documents too; never use this for publishing
    #[arg(long)]
    pub(super) drafts: bool,
}

/// How mistakes are told.
#[derive(Debug, Group)]
pub(super) struct Telling {
    /// How mistakes are told
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(super) format: Form,
    /// Tell mistakes in sentences, without drawings: for screen readers
    #[arg(long, conflicts_with = "format")]
    pub(super) plain: bool,
}

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people, with excerpts
    Text,
    /// For programs; the README says what it holds
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
}

/// How to build.
#[derive(Debug, Group)]
pub(super) struct Build {
    /// Where the website is written; a relative path counts from the campaign's folder
    #[arg(long, short, value_name = "FOLDER", default_value = OUTPUT)]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) site: Site,
    #[command(flatten)]
    pub(super) telling: Telling,
    /// Print how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
    /// Stay, and after each change write only the files that it touches; Ctrl-C ends it
    #[arg(long, conflicts_with = "format")]
    pub(super) watch: bool,
    /// Say of each file why it is written anew
    #[arg(long, requires = "watch")]
    pub(super) explain: bool,
    /// Look for changes every second, where the system does not tell of them: on network drives and in some containers
    #[arg(long, requires = "watch")]
    pub(super) poll: bool,
}

/// How to serve.
#[derive(Debug, Group)]
#[command(after_help = AFTER_SERVE)]
pub(super) struct Serve {
    /// The port to answer at; where it is taken, the next one that is free
    #[arg(long, short, value_name = "PORT", default_value_t = 4000)]
    pub(super) port: u16,
    /// Open the preview in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Show the website as of this moment: 2024-10-24, 2024-10-24T05:40 (in the campaign's time zone) or with an offset
    /// [default: SOURCE_DATE_EPOCH, else the clock is followed]
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// Let phones and others on your network in, by an address that nobody can guess; prints its QR code. Where you have
    /// several addresses, name one: --lan=192.168.1.5
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true)]
    pub(super) lan: Option<Option<IpAddr>>,
    /// Look for changes every second, where the system does not tell of them: on network drives and in some containers
    #[arg(long)]
    pub(super) poll: bool,
}

const AFTER_SERVE: &str = "Drafts and embargoed documents are shown, and marked. The preview answers on this machine \
    only, unless --lan is given, and writes nothing. Ctrl-C ends it.";

/// What to look for, and how to tell it.
#[derive(Debug, Group)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) site: Site,
    #[command(flatten)]
    pub(super) telling: Telling,
    /// Let warnings stop publishing too
    #[arg(long)]
    pub(super) strict: bool,
    /// Correct what can be corrected without changing what was meant, after showing it and asking
    #[arg(long, conflicts_with = "format")]
    pub(super) fix: bool,
    /// Correct without asking
    #[arg(long, requires = "fix")]
    pub(super) yes: bool,
}

/// When the website changes next, and how to say it.
#[derive(Debug, Group)]
pub(super) struct Next {
    #[command(flatten)]
    pub(super) site: Site,
    /// How the moment is told; iso and unix print nothing where no change will come
    #[arg(long, value_enum, default_value_t = Moments::Text)]
    pub(super) format: Moments,
}

/// The forms of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Moments {
    /// For people
    Text,
    /// RFC 3339, in the campaign's time zone
    Iso,
    /// Seconds since 1970
    Unix,
}

/// Which finding to explain.
#[derive(Debug, Group)]
pub(super) struct Explain {
    /// Its code, such as HB0224; without one, all are listed
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

/// What completes commands.
#[derive(Debug, Group)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

/// Which page of the manual.
#[derive(Debug, Group)]
pub(super) struct Man {
    /// The command that it is about, such as “build” or “new statement”; without one, all of Handbill
    #[arg(value_name = "COMMAND")]
    pub(super) command: Vec<String>,
}

/// What to make.
#[derive(Debug, Group)]
pub(super) struct New {
    #[command(subcommand)]
    pub(super) what: What,
}

/// The kinds of new documents.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// A release, update, advisory, letter or report, of today
    Statement(Titled),
    /// A picket line, hall or other place that lasts
    Location(Titled),
    /// A timeline
    Timeline(Titled),
    /// A rally, vote or town hall that has no lasting place
    Event(Titled),
    /// Any other page
    Page(Titled),
    /// The translation of a document
    Translation(Translation),
}

/// What a new document is called.
#[derive(Debug, Group)]
pub(super) struct Titled {
    /// Its title, in quotes
    pub(super) title: String,
    /// The last part of its address [default: made of the title]
    #[arg(long, value_name = "NAME")]
    pub(super) slug: Option<String>,
}

/// Which document to translate.
#[derive(Debug, Group)]
pub(super) struct Translation {
    /// The original's file
    pub(super) file: PathBuf,
    /// The code of the language, such as es
    #[arg(long, value_name = "CODE")]
    pub(super) language: String,
}

/// Which schema to print.
#[derive(Debug, Group)]
pub(super) struct Schema {
    /// The file or kind of document
    #[arg(value_enum)]
    pub(super) kind: SchemaKind,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaKind {
    /// campaign.yaml
    Campaign,
    /// media.yaml
    Media,
    /// The front matter of a statement
    Statement,
    /// The front matter of a location
    Location,
    /// The front matter of an event
    Event,
    /// The front matter of a timeline
    Timeline,
    /// The front matter of a page
    Page,
}
