//! What is told of a theme at load and at render: each mistake with its place and its cure.

use handbill::base::{FieldPath, LanguageTag, SourcePath, Tree, position};
use handbill::diagnostics::{At, Finding, Place};
use handbill::model::{Page, Reader, ThemeSettings};
use handbill::theme::{Session, Theme};

use super::site::{ABOUT, named, path, site};
use super::{document, morning};

/// Findings in a line each: code, place, title, what else has to do with it, cure.
fn lines(findings: &[Finding], tree: &Tree) -> Vec<String> {
    let place = |place: &Place| match &place.at {
        At::Span(span) => {
            let at = position(tree.text(&place.file).unwrap_or_default(), span.start);
            let word = tree.text(&place.file).and_then(|text| text.get(span.clone())).unwrap_or_default();
            format!("{}:{}:{} [{word}]", place.file, at.line, at.column)
        }
        At::File => place.file.to_string(),
        At::Field(field) | At::Key(field) => format!("{} ({field})", place.file),
    };
    let line = |one: &Finding| {
        let place = one.place.as_ref().map_or_else(String::new, place);
        let related = one.related.as_ref().map(|(place, why)| format!(" ({}: {why})", place.file));
        let help = one.help.as_deref().unwrap_or("-");
        format!("{} {place} {}{}; {help}", one.code, one.title, related.unwrap_or_default())
    };
    findings.iter().map(line).collect()
}

fn load(name: &str, languages: &[&str], files: &[(&str, &str)]) -> (Theme, Vec<String>) {
    let tree: Tree = files.iter().copied().collect();
    let tags: Vec<LanguageTag> = languages.iter().map(|tag| LanguageTag::parse(tag).unwrap()).collect();
    let settings = ThemeSettings { name: name.to_owned(), ..ThemeSettings::default() };
    let loaded = Theme::load(&tree, &settings, &tags, &named());
    (loaded.value.unwrap(), lines(&loaded.findings, &tree))
}

/// What is told of one template of a site's theme.
fn told(template: &str) -> Vec<String> {
    load("mine", &["en"], &[("themes/mine/templates/page.html", template)]).1
}

#[test]
fn a_theme_has_to_exist() {
    let at = Place::field(&SourcePath::new("content/campaign.yaml").unwrap(), FieldPath::of("theme"));
    let settings = ThemeSettings { name: "pickett".to_owned(), ..ThemeSettings::default() };
    let loaded = Theme::load(&Tree::default(), &settings, &[], &at);
    let told = lines(&loaded.findings, &Tree::default());
    assert_eq!(
        told,
        ["HB0501 content/campaign.yaml (theme) there is no theme “pickett”; did you mean “picket”?"]
    );
    assert!(loaded.value.is_some_and(|theme| theme.has_layout("page")), "the default theme stands in");
}

#[test]
fn names_outside_the_vocabulary_are_told_at_load() {
    assert_eq!(
        told("<p>\n{{ pgae.title }}</p>"),
        [
            "HB0503 themes/mine/templates/page.html:2:4 [pgae] templates have no variable “pgae”; did you mean “page”?"
        ]
    );
    assert_eq!(
        told("{{ page.title }}{% if page.sumary %}x{% endif %}"),
        [
            "HB0503 themes/mine/templates/page.html:1:28 [sumary] templates have no variable “page.sumary”; did you mean “page.summary”?"
        ]
    );
    assert_eq!(
        told("{{ words.skip_to_contnet }}"),
        [
            "HB0503 themes/mine/templates/page.html:1:10 [skip_to_contnet] templates have no variable “words.skip_to_contnet”; did you mean “words.skip_to_content”?"
        ]
    );
    assert_eq!(
        told("{{ assets[\"styel.css\"] }}"),
        [
            "HB0503 themes/mine/templates/page.html:1:12 [styel.css] templates have no variable “assets.styel.css”; did you mean “assets.style.css”?"
        ]
    );
}

#[test]
fn names_that_a_template_gives_itself_are_its_own() {
    let fine = "{% set list = [1] %}{% for page in list %}{{ page.anything }}{% endfor %}\
                {% component mine(card, @words) %}{{ card.anything }}{{ words.today }}{% endcomponent mine %}\
                {{ <mine card={menu} /> }}{# {{ words.nothing }} #}{% raw %}{{ words.nothing }}{% endraw %}";
    assert_eq!(told(fine), Vec::<String>::new());
}

#[test]
fn templates_that_cannot_be_read_are_told_all_at_once() {
    let (theme, told) = load(
        "mine",
        &["en"],
        &[
            ("themes/mine/templates/page.html", "<p>{{ page.title }</p>"),
            ("themes/mine/templates/event.html", "{% if page %}x"),
            ("themes/mine/templates/poster.html", "{% extends \"base.html\" %}"),
        ],
    );
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("HB0502 themes/mine/templates/event.html:1:"), "{}", told[0]);
    assert!(told[1].starts_with("HB0502 themes/mine/templates/page.html:1:"), "{}", told[1]);
    assert!(theme.has_layout("poster"), "no finding that follows from another one");
}

#[test]
fn what_is_wrong_between_templates_has_its_place() {
    let line = |template| told(template).join("\n");
    assert_eq!(
        line("<p>\n  {{ page.title | uper }}</p>"),
        "HB0502 themes/mine/templates/page.html:2:19 [uper ] this template cannot be read: Unknown filter “uper”; -"
    );
    assert!(line("{% include \"nav.html\" %}").starts_with("HB0502 themes/mine/templates/page.html:1:"));
    assert_eq!(
        line("{% extends \"bse.html\" %}"),
        "HB0502 themes/mine/templates/page.html:1:13 [bse.html] this template cannot be read: there is no template “bse.html” to extend; -"
    );
    assert!(line("{% extends \"page.html\" %}").starts_with("HB0502 themes/mine/templates/page.html"));
}

#[test]
fn a_file_that_is_no_text_is_told() {
    let mut tree = Tree::default();
    let file = path("themes/mine/templates/page.html");
    tree.insert(file, handbill::base::File::new(&b"a\n\xff"[..]));
    let settings = ThemeSettings { name: "mine".to_owned(), ..ThemeSettings::default() };
    let loaded = Theme::load(&tree, &settings, &[], &named());
    assert_eq!(loaded.findings[0].code.0, 104);
}

#[test]
fn a_language_without_a_file_is_told_once() {
    assert_eq!(
        load("", &["en", "fil"], &[]).1,
        [
            "HB0505 content/campaign.yaml (languages[1]) the theme has no words in “fil”; copy languages/en.yaml of the theme to themes/picket/languages/fil.yaml and translate it"
        ]
    );
    assert_eq!(load("", &["en", "es-MX", "pt-BR"], &[]).1.len(), 1, "es-MX reads as es, pt-BR as nothing");
}

#[test]
fn missing_words_are_told_in_one_finding() {
    let french = "name: Français\nwords: { today: Aujourd'hui }\n";
    let told = load("", &["en", "fr"], &[("themes/picket/languages/fr.yaml", french)]).1;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("HB0509 themes/picket/languages/fr.yaml (words) “"), "{}", told[0]);
    assert!(
        told[0].ends_with("copy what is missing from the theme's languages/en.yaml, and translate it"),
        "{}",
        told[0]
    );
}

#[test]
fn mistakes_in_a_language_file_are_told() {
    let file = "direction: up\nmonths: [a]\nwords: { strike_day: 'Tag {nn}' }\nformats: { date_lng: x }\n";
    let mut told = load("", &["en"], &[("themes/picket/languages/en.yaml", file)]).1;
    told.sort();
    assert_eq!(
        told,
        [
            "HB0207 themes/picket/languages/en.yaml (formats.date_lng) “date_lng” is not a field that Handbill knows here; did you mean “date_long”?",
            "HB0209 themes/picket/languages/en.yaml (months) “months” should be a list of twelve names, from January to December; write a list of twelve names, from January to December after “months:”",
            "HB0219 themes/picket/languages/en.yaml (direction) “up” is not a direction that Handbill knows; write “ltr” or “rtl”",
            "HB0510 themes/picket/languages/en.yaml (words.strike_day) “strike_day” has no value for {nn}; write {n}, which is what is put into “strike_day”",
        ]
    );
    let told = load("", &["en"], &[("themes/picket/languages/en.yaml", "name: \"English\nwords: {}\n")]).1;
    assert!(told[0].starts_with("HB0229 themes/picket/languages/en.yaml:"), "{told:#?}");
}

/// What is told when the page “About” renders with a template.
fn rendered(template: &str) -> Vec<String> {
    let files = [("themes/mine/templates/page.html", template)];
    let tree: Tree = files.into_iter().collect();
    let (theme, told) = load("mine", &["en", "es"], &files);
    assert_eq!(told, Vec::<String>::new());
    let site = site(&theme, morning());
    let reader = Reader::new(&site);
    lines(&Session::new(&site, &theme).page(&document(ABOUT), &reader, &String::new).findings, &tree)
}

#[test]
fn a_template_that_fails_names_its_place_and_the_page() {
    assert_eq!(
        rendered("<p>\n{{ page.summary.length }}"),
        [
            "HB0504 themes/mine/templates/page.html:2:17 [length] this template fails: Field “length” is not defined (content/8.md: about/index.html was being rendered from it); look up in the README what this name holds, and whether it can be absent on this page"
        ]
    );
    let told = rendered("{{ words.strike_day | fill(day=4) }}");
    assert!(
        told[0]
            .contains("needs a value: fill(n=…) (content/8.md: about/index.html was being rendered from it)"),
        "{told:#?}"
    );
}

#[test]
fn a_render_without_end_is_stopped() {
    let kibibyte = "x".repeat(1024);
    let told = rendered(&format!("{{% for i in range(end=70000) %}}{kibibyte}{{% endfor %}}"));
    assert_eq!(
        told,
        [
            "HB0508 themes/mine/templates/page.html this template was stopped at 64 MiB (content/8.md: about/index.html was being rendered from it); look for a loop in it, or in what it includes, that never ends"
        ]
    );
}

#[test]
fn a_site_extends_the_default_theme_file_by_file() {
    let (theme, told) = load(
        "mine",
        &["en", "es"],
        &[
            (
                "themes/mine/templates/page.html",
                "{% extends \"picket/page.html\" %}{% block main %}<p>{{ words.mine }}</p>{{ super() }}{% endblock %}",
            ),
            ("themes/mine/templates/footer.html", "<footer>{{ words.today }}</footer>"),
            ("themes/mine/languages/en.yaml", "words: { mine: Ours, today: This day }"),
            ("themes/mine/languages/es.yaml", "words: { mine: Lo nuestro }"),
            ("themes/mine/static/icon.svg", "<svg/>"),
        ],
    );
    assert_eq!(told, Vec::<String>::new());
    let icon = theme.assets().into_iter().find(|asset| asset.name == "icon.svg").unwrap();
    assert_eq!(&*icon.bytes, b"<svg/>");
    let site = site(&theme, morning());
    let html = Session::new(&site, &theme).page(&document(ABOUT), &Reader::new(&site), &String::new).value;
    assert!(html.contains("<p>Ours</p>"), "{html}");
    assert!(html.contains("<footer>This day</footer>"), "{html}");
    assert!(html.contains(&format!("/campaign/{}", icon.out)), "{html}");
    let missing = Page::NotFound(super::ES);
    let html = Session::new(&site, &theme).page(&missing, &Reader::new(&site), &String::new).value;
    assert!(html.contains("<footer>Hoy</footer>"), "{html}");
}

#[test]
fn a_word_that_only_one_language_has_is_missing_from_the_others() {
    let (_, told) = load(
        "mine",
        &["en", "es"],
        &[
            ("themes/mine/templates/page.html", "{{ words.mine }}"),
            ("themes/mine/languages/en.yaml", "words: { mine: Ours }"),
        ],
    );
    assert_eq!(
        told,
        [
            "HB0506 themes/picket/languages/es.yaml (words) “mine” is missing from the words in “es”; add a line “mine: …”"
        ]
    );
}

#[test]
fn a_layout_is_a_template_that_makes_a_page() {
    let files = [("themes/mine/templates/poster.html", "{% extends \"base.html\" %}")];
    let theme = load("mine", &["en"], &files).0;
    assert!(theme.has_layout("poster") && theme.has_layout("page"));
    for part in ["components", "header", "base", "redirect", "nothing"] {
        assert!(!theme.has_layout(part), "{part}");
    }
    let known: Vec<&str> = theme.layouts().collect();
    assert!(known.is_sorted(), "{known:?}");
}
