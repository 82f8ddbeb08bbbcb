//! What campaign.yaml says, overlaid by its translation: what is translated replaces, and the rest holds.

use crate::model::{Contact, Employer};
use crate::parse::{ActionField, AlertField};

/// What a translation says, else what the default language says.
pub(super) fn pick<T: Clone>(plain: &Option<T>, other: Option<&Option<T>>) -> Option<T> {
    other.and_then(Clone::clone).or_else(|| plain.clone())
}

pub(super) fn overlay_action(
    plain: Option<&ActionField>,
    other: Option<&ActionField>,
) -> Option<ActionField> {
    let plain = plain?;
    Some(ActionField {
        label: pick(&plain.label, other.map(|other| &other.label)),
        url: pick(&plain.url, other.map(|other| &other.url)),
        until: plain.until,
    })
}

pub(super) fn overlay_alert(plain: &AlertField, other: Option<&AlertField>) -> AlertField {
    AlertField {
        text: pick(&plain.text, other.map(|other| &other.text)),
        link: pick(&plain.link, other.map(|other| &other.link)),
        from: plain.from,
        until: plain.until,
    }
}

pub(super) fn overlay_employers(
    plain: Option<&Vec<Employer>>,
    other: Option<&Vec<Employer>>,
) -> Vec<Employer> {
    let overlay = |(index, plain): (usize, &Employer)| {
        let other = other.and_then(|other| other.get(index));
        let name = other.map(|other| &other.name).filter(|name| !name.is_empty()).unwrap_or(&plain.name);
        Employer { name: name.clone(), short: pick(&plain.short, other.map(|other| &other.short)) }
    };
    plain.into_iter().flatten().enumerate().map(overlay).collect()
}

pub(super) fn overlay_contacts(plain: Option<&Vec<Contact>>, other: Option<&Vec<Contact>>) -> Vec<Contact> {
    let overlay = |(index, plain): (usize, &Contact)| {
        let other = other.and_then(|other| other.get(index));
        Contact {
            name: pick(&plain.name, other.map(|other| &other.name)),
            role: pick(&plain.role, other.map(|other| &other.role)),
            phone: pick(&plain.phone, other.map(|other| &other.phone)),
            email: pick(&plain.email, other.map(|other| &other.email)),
        }
    };
    plain.or(other).into_iter().flatten().enumerate().map(overlay).collect()
}
