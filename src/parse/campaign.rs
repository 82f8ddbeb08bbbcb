//! Reads campaign.yaml, its translations, and media.yaml.

use std::collections::BTreeMap;

use super::gather::{At, Gather};
use super::raw::{RawAlert, RawCampaign, RawChange, RawMedia, RawPhase, RawSign, RawTheme, RawUnion, TextOr};
use super::way::Way;
use super::yaml::{self, Yaml};
use super::{
    ActionField, AlertField, CampaignChange, CampaignDoc, ImageField, MediaWords, SignField, ThemeField,
    kinds,
};
use crate::base::url::BaseUrl;
use crate::base::{Colour, LanguageTag, SourcePath};
use crate::diagnostics::{Checked, Edit, finding};
use crate::model::{Beside, Employer, Phase, PhaseName, Union};

/// Reads campaign.yaml, or its texts in `language`.
pub(super) fn parse(file: &SourcePath, text: &str, language: Option<LanguageTag>) -> Checked<CampaignDoc> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let yaml = Yaml { file, text, range: start..text.len() };
    let raw = yaml::read::<RawCampaign>(&yaml);
    let gather = Gather::new(file);
    let value = read(raw.value, &gather, language);
    gather.hide_absences(&raw.strays);
    let mut findings = raw.findings;
    findings.extend(gather.into_findings());
    findings.extend(yaml::placeholders(&yaml));
    Checked { value, findings }
}

/// Tells of fields of a translation that hold for every language and so stand in campaign.yaml alone.
fn only_in_original(raw: &RawCampaign, gather: &Gather<'_>) {
    let fields = [
        ("base_url", raw.base_url.is_some()),
        ("time_zone", raw.time_zone.is_some()),
        ("languages", raw.languages.is_some()),
        ("theme", raw.theme.is_some()),
        ("phases", raw.phases.is_some()),
        ("schedules", raw.schedules.is_some()),
        ("changes", raw.changes.is_some()),
        ("leave_out", raw.leave_out.is_some()),
        ("redirects", raw.redirects.is_some()),
        ("gone", raw.gone.is_some()),
    ];
    for (field, _) in fields.iter().filter(|(_, said)| *said) {
        gather.tell(finding::only_in_original(gather.place(&Way::of(field)), field));
    }
}

fn read(raw: RawCampaign, gather: &Gather<'_>, language: Option<LanguageTag>) -> CampaignDoc {
    let of = Way::of;
    if language.is_some() {
        only_in_original(&raw, gather);
    }
    let unions = raw.union.map(|list| {
        let listed = of("union");
        let at = |index| gather.item(&listed, &list, index);
        let all = list.0.iter().cloned().enumerate();
        all.map(|(index, raw)| union(&at(index), raw, gather)).collect()
    });
    let alerts = raw.alert.map(|list| {
        let listed = of("alert");
        let at = |index| gather.item(&listed, &list, index);
        let all = list.0.iter().cloned().enumerate();
        let read = |(index, raw): (usize, RawAlert)| {
            if language.is_none() {
                gather.required(&at(index), "text", raw.text.clone(), "Pickets are cancelled today");
            }
            alert(&at(index), raw, gather)
        };
        all.map(read).collect()
    });
    let action = raw.action.map(|raw| ActionField {
        label: gather.text(raw.label),
        url: gather.target(&of("action").key("url"), raw.url),
        until: gather.day_or_moment(&of("action").key("until"), raw.until),
    });
    CampaignDoc {
        file: gather.file.clone(),
        title: gather.text(raw.title),
        tagline: gather.text(raw.tagline),
        base: base_url(gather, raw.base_url),
        zone: gather.zone(&of("time_zone"), raw.time_zone),
        languages: raw.languages.map(|list| languages(gather, &list)),
        theme: raw.theme.map(|raw| theme(gather, raw)),
        unions,
        employers: raw.employer.map(|list| {
            let listed = of("employer");
            let at = |index| gather.item(&listed, &list, index);
            let read = |(index, raw): (usize, super::raw::RawEmployer)| {
                let name = match language {
                    None => gather.required(&at(index), "name", raw.name, "Kaiser Permanente"),
                    Some(_) => gather.text(raw.name),
                };
                Employer { name: name.unwrap_or_default(), short: gather.text(raw.short) }
            };
            list.0.iter().cloned().enumerate().map(read).collect()
        }),
        phases: raw.phases.map(|list| phases(gather, list)),
        action,
        alerts,
        schedules: raw.schedules.map(|list| {
            let read = |(name, raw): (String, _)| {
                let shifts = kinds::shifts(&of("schedules").key(&name), raw, gather);
                (name, shifts)
            };
            list.into_iter().map(read).collect()
        }),
        changes: raw.changes.map(|list| changes(gather, list)),
        press: raw.press.map(|list| {
            let read = |(index, raw)| kinds::contact(&gather.item(&of("press"), &list, index), raw, gather);
            list.0.iter().cloned().enumerate().map(read).collect()
        }),
        menu: raw.menu.map(|list| {
            let listed = of("menu");
            let read = |(index, raw): (usize, super::raw::RawMenuEntry)| {
                let at = listed.index(index);
                let to = match language {
                    None => gather.required(&at, "to", raw.to, "statements"),
                    Some(_) => gather.text(raw.to),
                };
                (gather.text(raw.label), gather.target(&at.key("to"), to))
            };
            list.into_iter().enumerate().map(read).collect()
        }),
        signs: raw.signs.map(|list| signs(gather, list, language.is_none())),
        leave_out: raw.leave_out.map(|list| {
            let listed = of("leave_out");
            let at = |index| gather.item(&listed, &list, index);
            let choice = |(index, text): (usize, &String)| {
                gather.choice(&at(index), "part to leave out", Some(text.clone()), &Beside::ALL)
            };
            list.0.iter().enumerate().filter_map(choice).collect()
        }),
        card_font: gather.text(raw.card_font),
        redirects: raw.redirects.map(|list| redirects(gather, list)),
        gone: raw.gone.map(|list| {
            let listed = of("gone");
            let at = |index| gather.item(&listed, &list, index);
            let texts = list.0.iter().enumerate();
            texts
                .filter_map(|(index, text)| Some((at(index).path(), gather.text(Some(text.clone()))?)))
                .collect()
        }),
        allowed_hosts: raw.allowed_hosts.map(|list| allowed_hosts(gather, list)),
        language,
    }
}

fn base_url(gather: &Gather<'_>, text: Option<String>) -> Option<BaseUrl> {
    let text = gather.text(text)?;
    let base = BaseUrl::parse(&text);
    if base.is_none() {
        gather.tell(finding::not_a_url(gather.place(&Way::of("base_url")), &text));
    }
    base
}

fn languages(gather: &Gather<'_>, list: &super::raw::Many<String>) -> Vec<LanguageTag> {
    let listed = Way::of("languages");
    let at = |index| gather.item(&listed, list, index);
    let read = |(index, text): (usize, &String)| gather.language(&at(index), Some(text.clone()));
    let mut tags: Vec<LanguageTag> = list.0.iter().enumerate().filter_map(read).collect();
    let mut seen = Vec::new();
    tags.retain(|tag| {
        !seen.contains(tag) && {
            seen.push(tag.clone());
            true
        }
    });
    tags
}

fn theme(gather: &Gather<'_>, raw: TextOr<RawTheme>) -> ThemeField {
    let raw = match raw {
        TextOr::Text(name) => RawTheme { name: Some(name), ..RawTheme::default() },
        TextOr::Group(raw) => raw,
    };
    let typed = gather.text(raw.accent);
    let accent = typed.as_deref().and_then(Colour::parse);
    let place = || gather.place(&Way::of("theme").key("accent"));
    match (&typed, accent) {
        (Some(text), None) => {
            let place = place();
            let meant = Some(format!("#{text}")).filter(|meant| Colour::parse(meant).is_some());
            let fix = meant.iter().map(|meant| Edit { at: place.at.clone(), text: format!("\"{meant}\"") });
            let fix = fix.collect();
            gather.tell(finding::not_a_colour(place, text, meant.as_deref()).corrected_by(fix));
        }
        (_, Some(colour)) if colour.readable_on_white() != colour => {
            gather.tell(finding::pale_accent(place(), colour));
        }
        _ => {}
    }
    let accent = accent.map(|accent| accent.to_string());
    ThemeField {
        name: gather.text(raw.name),
        accent,
        logo: gather.image(raw.logo),
        photo: gather.image(raw.photo),
    }
}

fn union(at: At<'_>, raw: RawUnion, gather: &Gather<'_>) -> (Union, Option<ImageField>) {
    let union = Union {
        name: gather.text(raw.name).unwrap_or_default(),
        short: gather.text(raw.short),
        local: gather.text(raw.local),
        url: gather.url(&at.key("url"), raw.url),
        logo: None,
        about: gather.text(raw.about),
    };
    (union, gather.image(raw.logo))
}

fn alert(at: At<'_>, raw: RawAlert, gather: &Gather<'_>) -> AlertField {
    AlertField {
        text: gather.text(raw.text),
        link: gather.target(&at.key("link"), raw.link),
        from: gather.day_or_moment(&at.key("from"), raw.from),
        until: gather.day_or_moment(&at.key("until"), raw.until),
    }
}

fn phases(gather: &Gather<'_>, list: Vec<RawPhase>) -> Vec<Phase> {
    let listed = Way::of("phases");
    let read = |(index, raw): (usize, RawPhase)| {
        let at = listed.index(index);
        let name = gather.required(&at, "phase", raw.phase, "strike");
        let from = gather.required(&at, "from", raw.from, "2024-10-21 06:00");
        let name = gather.choice(&at.key("phase"), "phase", name, &PhaseName::ALL);
        let from = gather.day_or_moment(&at.key("from"), from);
        Some(Phase { name: name?, from: from?, employer: gather.text(raw.employer) })
    };
    let mut phases: Vec<Phase> = list.into_iter().enumerate().filter_map(read).collect();
    phases.sort_by_key(|phase| phase.from.first());
    phases
}

fn changes(gather: &Gather<'_>, list: Vec<RawChange>) -> Vec<CampaignChange> {
    let listed = Way::of("changes");
    let read = |(index, mut raw): (usize, RawChange)| {
        let at = listed.index(index);
        let Some(locations) = gather.texts(raw.locations.take()) else {
            gather.tell(finding::missing_field(gather.place(&at), "locations", "[fontana, anaheim], or all"));
            return None;
        };
        let locations = (locations != ["all"]).then_some(locations);
        Some(CampaignChange { locations, change: kinds::change(&at, raw, gather)? })
    };
    list.into_iter().enumerate().filter_map(read).collect()
}

/// Picket signs; in `campaign.yaml` itself each has to say something.
fn signs(gather: &Gather<'_>, list: Vec<TextOr<RawSign>>, required: bool) -> Vec<SignField> {
    let listed = Way::of("signs");
    let read = |(index, raw): (usize, TextOr<RawSign>)| {
        let at = listed.index(index);
        let raw = match raw {
            TextOr::Text(text) => RawSign { text: Some(text), link: None },
            TextOr::Group(raw) => raw,
        };
        let text = match required {
            true => gather.required(&at, "text", raw.text, "Care can't wait"),
            false => gather.text(raw.text),
        };
        SignField { text, link: gather.target(&at.key("link"), raw.link) }
    };
    list.into_iter().enumerate().map(read).collect()
}

fn redirects(gather: &Gather<'_>, list: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let listed = Way::of("redirects");
    let read = |(path, target): (String, String)| {
        let target = gather.target(&listed.key(&path), Some(target))?;
        Some((path, target))
    };
    list.into_iter().filter_map(read).collect()
}

/// Names of hosts in small letters.
fn allowed_hosts(gather: &Gather<'_>, list: Vec<String>) -> Vec<String> {
    let is_host = |text: &str| {
        let part =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        text.contains('.') && text.split('.').all(part)
    };
    let mut hosts = Vec::new();
    for (index, text) in list.into_iter().enumerate() {
        let host = text.trim().to_ascii_lowercase();
        if is_host(&host) {
            hosts.push(host);
            continue;
        }
        let bare = host.split_once("//").map_or(host.as_str(), |(_, rest)| rest);
        let bare = bare.split(['/', ':', '?', '#']).next().filter(|bare| is_host(bare));
        let place = gather.place(&Way::of("allowed_hosts").index(index));
        let fix = bare.iter().map(|bare| Edit { at: place.at.clone(), text: (*bare).to_owned() }).collect();
        gather.tell(finding::not_a_host(place, &text, bare).corrected_by(fix));
    }
    hosts
}

/// Reads media.yaml: what is said of each picture, by its file's name.
pub(super) fn parse_media(file: &SourcePath, text: &str) -> Checked<BTreeMap<String, MediaWords>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let yaml = Yaml { file, text, range: start..text.len() };
    let raw = yaml::read::<BTreeMap<String, RawMedia>>(&yaml);
    let gather = Gather::new(file);
    let words = |alt, credit, caption| ImageField {
        file: None,
        alt: gather.text(alt),
        credit: gather.text(credit),
        caption: gather.text(caption),
    };
    let read = |(name, raw): (String, RawMedia)| {
        let at = Way::of(&name);
        let mut languages = BTreeMap::new();
        for (tag, other) in raw.languages {
            if LanguageTag::parse(&tag).is_none() {
                let place = crate::diagnostics::Place::key(file, at.key(&tag).path());
                let known = ["alt", "credit", "caption"].map(str::to_owned);
                let near = crate::diagnostics::nearest::nearest(&tag, known.iter().map(String::as_str));
                gather.tell(finding::unknown_key(place, &tag, near, &known));
            }
            languages.insert(tag, words(other.alt, other.credit, other.caption));
        }
        (name, MediaWords { plain: words(raw.alt, raw.credit, raw.caption), languages })
    };
    let value = raw.value.into_iter().map(read).collect();
    let mut findings = raw.findings;
    findings.extend(gather.into_findings());
    findings.extend(yaml::placeholders(&yaml));
    Checked { value, findings }
}
