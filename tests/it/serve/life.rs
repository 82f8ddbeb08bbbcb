//! What the preview survives, and how it ends.

use std::fs;
use std::time::{Duration, Instant};

use super::{Campaign, Preview};

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let campaign = Campaign::new();
    let mut preview = Preview::start(&campaign, &[]);
    assert_eq!(preview.interrupt().code(), Some(0));
}

#[test]
fn what_is_broken_at_the_start_is_mended_while_it_runs() {
    let campaign = Campaign::new();
    fs::remove_file(campaign.path("content/campaign.yaml")).unwrap();
    let preview = Preview::start(&campaign, &["--as-of", "2024-10-24T05:40"]);
    let broken = preview.get("/");
    assert_eq!(broken.status, 503);
    assert!(
        broken.body.contains("bar.js") && broken.body.contains("there is no content/campaign.yaml"),
        "{}",
        broken.body
    );
    campaign.put("content/campaign.yaml", super::CAMPAIGN);
    preview.says("/", |page| page.status == 200 && page.body.contains("We strike."));
    // What was typed is read in the campaign's zone, as soon as that is known.
    preview.says("/_handbill/state?page=/", |state| {
        state.body.contains("Thu 24 Oct 2024, 05:40 PDT") && !state.body.contains("UTC")
    });
}

#[test]
fn an_address_that_a_build_would_miss_is_told() {
    let campaign = Campaign::new();
    campaign.put("content/campaign.yaml", &super::CAMPAIGN.replace("base_url: https://union.example/\n", ""));
    let preview = Preview::start(&campaign, &[]);
    assert_eq!(preview.get("/").status, 200);
    assert!(preview.get("/_handbill/state?page=/").body.contains("base_url"));
}

#[test]
fn campaign_yaml_deleted_and_restored() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    preview.says("/about/", |page| page.body.contains("We are nurses."));
    fs::remove_file(campaign.path("content/campaign.yaml")).unwrap();
    preview.says("/about/", |page| {
        page.body.contains("data-shown=\"kept\"") && page.body.contains("We are nurses.")
    });
    campaign.put("content/campaign.yaml", &super::CAMPAIGN.replace("Care can't wait", "Restored"));
    preview
        .says("/about/", |page| page.body.contains("data-shown=\"fresh\"") && page.body.contains("Restored"));
}

#[test]
fn a_page_that_moved_says_where_to() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    preview.says("/about/", |page| page.status == 200);
    campaign.put("content/about.md", "---\ntitle: About us\nslug: union\n---\nWe are nurses.\n");
    preview.says("/_handbill/state?page=/about/", |state| {
        state.body.contains("The page of content/about.md is at /union/ now.")
    });
    assert_eq!(preview.get("/about/").status, 404);
    assert!(preview.get("/union/").body.contains("We are nurses."));
}

#[test]
fn a_template_broken_and_mended() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    preview.says("/about/", |page| page.status == 200);
    campaign.put("themes/picket/templates/page.html", "{% extends \"base.html\" %}{% block main %}{% if %}");
    preview.says("/_handbill/state?page=/about/", |state| state.body.contains("templates/page.html:1:"));
    assert!(preview.get("/about/").body.contains("We are nurses."), "what was there is still shown");
    let mended = "{% extends \"base.html\" %}{% block main %}Mended{% endblock main %}";
    campaign.put("themes/picket/templates/page.html", mended);
    preview
        .says("/about/", |page| page.body.contains("Mended") && page.body.contains("data-shown=\"fresh\""));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_content_is_told_and_hangs_nothing() {
    let campaign = Campaign::new();
    let preview = Preview::start(&campaign, &[]);
    let pipe = campaign.path("content/pipe.md");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
        .unwrap();
    preview.says("/_handbill/state?page=/", |state| {
        state.body.contains("content/pipe.md is not an ordinary file")
    });
    campaign.put("content/about.md", "---\ntitle: About us\n---\nStill here.\n");
    preview.says("/about/", |page| page.body.contains("Still here."));
    // A start comes past it as well.
    let other = Preview::start(&campaign, &[]);
    other.says("/about/", |page| page.body.contains("Still here."));
    fs::remove_file(pipe).unwrap();
    preview.says("/_handbill/state?page=/", |state| !state.body.contains("pipe.md"));
}

#[test]
fn killed_and_started_again_at_the_same_port() {
    let campaign = Campaign::new();
    let mut preview = Preview::start(&campaign, &[]);
    preview.process.kill().unwrap();
    preview.process.wait().unwrap();
    campaign.put("content/about.md", "---\ntitle: About us\n---\nWritten meanwhile.\n");
    let start = Instant::now();
    let again = Preview::start_at(&campaign, preview.address.port(), &[]);
    assert_eq!(again.address, preview.address);
    again.says("/about/", |page| page.body.contains("Written meanwhile."));
    assert!(start.elapsed() < Duration::from_secs(2), "it took {:?}", start.elapsed());
    campaign.put("content/about.md", "---\ntitle: About us\n---\nAnd after.\n");
    again.says("/about/", |page| page.body.contains("And after."));
}

#[test]
fn an_embargo_that_ends_while_it_runs_is_over() {
    let campaign = Campaign::new();
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    let soon = soon.to_zoned_datetime(jiff::tz::TimeZone::get("America/Los_Angeles").unwrap());
    let publish = soon.strftime("%Y-%m-%d %H:%M:%S");
    let text = format!("---\ntitle: Soon\npublish: {publish}\n---\nNo longer secret.\n");
    campaign.put("content/soon.md", &text);
    let preview = Preview::start(&campaign, &[]);
    let mark = |state: &super::Answer| state.body.contains("\"kind\":\"published\"");
    let state = preview.get("/_handbill/state?page=/soon/");
    assert!(state.body.contains("Embargoed until"), "{}", state.body);
    std::thread::sleep(Duration::from_millis(2500));
    preview.says("/_handbill/state?page=/soon/", mark);
}

#[test]
fn what_only_a_build_would_tell_is_told() {
    let campaign = Campaign::new();
    campaign.put("content/plan.md", "---\ntitle: The plan\ndraft: true\n---\nSecret.\n");
    campaign.put("content/about.md", "---\ntitle: About us\n---\nSee [[plan]].\n");
    let preview = Preview::start(&campaign, &[]);
    let state = "/_handbill/state?page=/about/";
    preview.says(state, |state| state.body.contains("HB0403") && state.body.contains("content/about.md:4:"));
    campaign.put("content/plan.md", "---\ntitle: The plan\n---\nNo longer secret.\n");
    preview.says(state, |state| !state.body.contains("HB0403"));
    // What both tell is told once, though the documents that a link may lead to are others in a build.
    campaign.put("content/plan.md", "---\ntitle: The plan\ndraft: true\n---\nSecret.\n");
    campaign.put("content/about.md", "---\ntitle: About us\n---\nSee [[plan]] and [[nobody]].\n");
    preview.says(state, |state| state.body.contains("HB0403"));
    let told = preview.get(state).body;
    assert_eq!(told.matches("HB0402").count(), 1, "{told}");
}
