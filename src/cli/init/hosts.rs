//! What publishes a campaign: the files of each host, and what its staff have to set once.

use crate::cli::args::Host;

/// Actions by the commits of their releases, so that nobody can put something else in their place.
const ACTIONS: [(&str, &str); 7] = [
    ("{checkout}", "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"),
    ("{cache}", "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5"),
    ("{restore}", "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5"),
    ("{save}", "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5"),
    ("{upload}", "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0"),
    ("{pages_upload}", "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0"),
    ("{pages_deploy}", "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"),
];

/// Programs and images, by their versions.
const PROGRAMS: [(&str, &str); 4] = [
    ("{version}", env!("CARGO_PKG_VERSION")),
    ("{wrangler}", "wrangler@4.164.0"),
    ("{netlify}", "netlify-cli@27.10.2"),
    (
        "{rust_image}",
        "rust:1.95.0-slim-trixie@sha256:e14e87345b4d5964ddcc3491d27ee046a0f23820f340c3c1e24da6880141f7c0",
    ),
];

impl Host {
    /// A host by its name.
    pub(super) fn parse(name: &str) -> Result<Host, String> {
        <Host as clap::ValueEnum>::from_str(name.trim(), true).map_err(|_| {
            "it can be github-pages, gitlab-pages, cloudflare-pages, netlify, s3 or rsync".to_owned()
        })
    }

    /// Its name on the command line.
    pub(super) fn name(self) -> String {
        clap::ValueEnum::to_possible_value(&self).map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// The file that publishes.
    pub(super) fn workflow(self) -> &'static str {
        match self {
            Host::GitlabPages => ".gitlab-ci.yml",
            _ => ".github/workflows/site.yml",
        }
    }

    /// What the workflow of GitHub has of its own: where and as whom the last job runs, and how it publishes. GitLab has a
    /// pipeline of its own.
    fn fragment(self) -> Option<(&'static str, &'static str)> {
        let fragment = match self {
            Host::GithubPages => include_str!("hosts/github-pages.yml"),
            Host::GitlabPages => return None,
            Host::CloudflarePages => include_str!("hosts/cloudflare-pages.yml"),
            Host::Netlify => include_str!("hosts/netlify.yml"),
            Host::S3 => include_str!("hosts/s3.yml"),
            Host::Rsync => include_str!("hosts/rsync.yml"),
        };
        fragment.split_once("---\n")
    }
}

/// The files of a host, by their paths. What is missing there is told with the name of the README that explains it.
pub(super) fn files(host: Host, readme: &str) -> Vec<(String, String)> {
    let path = host.workflow().to_owned();
    let Some((environment, deploy)) = host.fragment() else {
        return vec![(path, pinned(include_str!("hosts/gitlab.yml")))];
    };
    let workflow = include_str!("hosts/github.yml");
    let workflow = workflow.replace("{environment}\n", environment).replace("{deploy}\n", deploy);
    vec![
        (path, pinned(&workflow).replace("{readme}", readme)),
        (".github/dependabot.yml".to_owned(), include_str!("hosts/dependabot.yml").to_owned()),
    ]
}

fn pinned(text: &str) -> String {
    let pins = ACTIONS.iter().chain(&PROGRAMS);
    pins.fold(text.to_owned(), |text, (name, pin)| text.replace(name, pin))
}

/// What the README says of publishing.
pub(super) fn publishing(host: Host) -> String {
    let text = match host {
        Host::GithubPages => include_str!("hosts/github-pages.md"),
        Host::GitlabPages => include_str!("hosts/gitlab-pages.md"),
        Host::CloudflarePages => include_str!("hosts/cloudflare-pages.md"),
        Host::Netlify => include_str!("hosts/netlify.md"),
        Host::S3 => include_str!("hosts/s3.md"),
        Host::Rsync => include_str!("hosts/rsync.md"),
    };
    let private = match host {
        Host::GithubPages => include_str!("hosts/private-pages.md"),
        _ => include_str!("hosts/private.md"),
    };
    text.replace("{github}\n", include_str!("hosts/github.md"))
        .replace("{private}\n", private)
        .replace("{workflow}", host.workflow())
}
