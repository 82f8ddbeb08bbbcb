//! Markdown to pieces: cases as data.

mod promises;

use handbill::base::{FieldPath, SourcePath};
use handbill::diagnostics::{At, Checked, Finding};
use handbill::model::{Body, Figure, Piece, Reference, Target};
use handbill::parse::markdown::{Origin, Source, parse, parse_inline};

fn file() -> SourcePath {
    SourcePath::new("content/a.md").unwrap()
}

fn blocks(text: &str) -> Checked<Body> {
    parse(&Source { file: &file(), text, origin: Origin::Text { offset: 0 } })
}

fn line(text: &str) -> Checked<Body> {
    parse_inline(&Source { file: &file(), text, origin: Origin::Field(FieldPath::of("summary")) })
}

/// The pieces in one string, each hole as `‹what it is for›`.
fn shown(body: &Body) -> String {
    body.pieces.iter().map(|piece| shown_piece(piece, body)).collect()
}

fn shown_piece(piece: &Piece, Body { references, headings, .. }: &Body) -> String {
    match piece {
        Piece::Html(html) => html.as_str().to_owned(),
        Piece::Url(reference) => format!("‹{}›", shown_target(&references[*reference])),
        Piece::Title(reference) => format!("‹title of {}›", shown_target(&references[*reference])),
        Piece::Embed(reference) => format!("‹card of {}›", shown_target(&references[*reference])),
        Piece::Figure(reference) => format!("‹figure {}›", shown_target(&references[*reference])),
        Piece::Picture(reference) => format!("‹picture {}›", shown_target(&references[*reference])),
        Piece::Anchor(heading) => {
            format!("‹{}|{}›", headings[*heading].anchor(false), headings[*heading].anchor(true))
        }
        Piece::Own => "#".to_owned(),
        Piece::Word(word) => format!("‹{word}›"),
        Piece::WordWith(word, number) => format!("‹{word} {number}›"),
    }
}

fn shown_target(reference: &Reference) -> String {
    let anchor = reference.anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
    match &reference.target {
        Target::Own => format!("own{anchor}"),
        Target::Name(name) => format!("[{name}]{anchor}"),
        Target::Path(path) => format!("{path}{anchor}"),
        Target::Picture(Figure { file, by_name, alt, credit }) => {
            let words = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
            format!("{file}{} {}, {}", if *by_name { "*" } else { "" }, words(alt), words(credit))
        }
    }
}

/// Each finding as its number and the words that it points at.
fn told(text: &str, findings: &[Finding]) -> Vec<String> {
    let told = |finding: &Finding| match &finding.place.as_ref().unwrap().at {
        At::Span(span) => format!("{} {}", finding.code.0, &text[span.clone()]),
        At::Field(field) => format!("{} in {field}", finding.code.0),
        other => panic!("{other:?}"),
    };
    findings.iter().map(told).collect()
}

/// Cases of text, HTML and findings.
fn check(cases: &[(&str, &str, &[&str])]) {
    for (text, html, findings) in cases {
        let checked = blocks(text);
        assert_eq!(shown(&checked.value), *html, "HTML of {text:?}");
        assert_eq!(told(text, &checked.findings), *findings, "findings in {text:?}");
    }
}

#[test]
fn prose() {
    check(&[
        (
            "Plain *em* **strong** ~~gone~~ `a < b`.",
            "<p>Plain <em>em</em> <strong>strong</strong> <del>gone</del> <code>a &lt; b</code>.</p>\n",
            &[],
        ),
        ("One\ntwo  \nthree\\\nfour", "<p>One\ntwo<br>\nthree<br>\nfour</p>\n", &[]),
        ("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", &[]),
        ("- a\n\n- b\n", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n", &[]),
        ("3. c\n4. d\n", "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n", &[]),
        ("> a\n\n***\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n", &[]),
        ("```html\r\n<b>\r\n```\r\n", "<pre tabindex=\"0\"><code>&lt;b&gt;\n</code></pre>\n", &[]),
        (
            "- [ ] a\n- [x] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"‹task_open›\"> a</li>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"‹task_done›\"> b</li>\n</ul>\n",
            &[],
        ),
        (
            "$5-$7 an hour, H~2~O, 2^nd^, \"so\" -- \u{7}it: &amp;lt;",
            "<p>$5-$7 an hour, H~2~O, 2^nd^, &quot;so&quot; -- it: &amp;lt;</p>\n",
            &[],
        ),
        ("Pay:\n: words", "<p>Pay:\n: words</p>\n", &[]),
    ]);
}

#[test]
fn headings() {
    check(&[
        (
            "## Über *uns*\n\n## Uber uns {#x}\n\n## uber, uns",
            "<h2 id=\"‹uber-uns|ueber-uns›\">Über <em>uns</em></h2>\n<h2 id=\"x\">Uber uns</h2>\n<h2 id=\"‹uber-uns-2|uber-uns›\">uber, uns</h2>\n",
            &[],
        ),
        (
            "# Top\n\n#### Deep\n",
            "<h2 id=\"top\">Top</h2>\n<h4 id=\"deep\">Deep</h4>\n",
            &["302 # Top", "303 #### Deep"],
        ),
        ("## —\n\n## A {#B!}\n", "<h2 id=\"section\">—</h2>\n<h2 id=\"a\">A</h2>\n", &["220 ## A {#B!}"]),
        ("## A {.red}\n\n##\n", "<h2 id=\"a\">A</h2>\n", &["317 ## A {.red}", "316 ##"]),
        ("## fn 1", "<h2 id=\"section-fn-1\">fn 1</h2>\n", &[]),
    ]);
    let body = blocks("## One & `two`\n\n### Three\n").value;
    let listed: Vec<_> = body.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(listed, [(2, "one-two", "One & two"), (3, "three", "Three")]);
}

#[test]
fn links() {
    check(&[
        (
            "[a](https://x.example/é?a=1&b=\"2\")",
            "<p><a href=\"https://x.example/%C3%A9?a=1&amp;b=%222%22\" rel=\"noopener external\">a</a></p>\n",
            &[],
        ),
        (
            "[call](tel:+1-555) <a@b.example>",
            "<p><a href=\"tel:+1-555\">call</a> <a href=\"mailto:a@b.example\">a@b.example</a></p>\n",
            &[],
        ),
        (
            "[a](../x.md#top) [b](#here) [c](/m/a.pdf)",
            "<p><a href=\"‹../x.md#top›\">a</a> <a href=\"‹own#here›\">b</a> <a href=\"‹/m/a.pdf›\">c</a></p>\n",
            &[],
        ),
        (
            "[[gate]] [[gate|the *gate*]] [[gate#hours]] [[#top]]",
            "<p><a href=\"‹[gate]›\">‹title of [gate]›</a> <a href=\"‹[gate]›\">the <em>gate</em></a> <a href=\"‹[gate]#hours›\">‹title of [gate]#hours›</a> <a href=\"‹own#top›\">top</a></p>\n",
            &[],
        ),
        (
            "[[statements/vote|]] [[ sp  ace ]]",
            "<p><a href=\"‹[statements/vote]›\">‹title of [statements/vote]›</a> <a href=\"‹[sp ace]›\">‹title of [sp ace]›</a></p>\n",
            &[],
        ),
        (
            "[x](java&#115;cript:alert(1)) [y](<data:text/html,x>) [z](//e.example)",
            "<p>x y z</p>\n",
            &["217 [x](java&#115;cript:alert(1))", "217 [y](<data:text/html,x>)", "217 [z](//e.example)"],
        ),
        (
            "[](https://x.example) [a]() [`b`](b)",
            "<p>a <a href=\"‹b›\"><code>b</code></a></p>\n",
            &["306 [](https://x.example)", "306 [a]()"],
        ),
        (
            "[a](www.x.example) [b](ht%3Atps://x.example)",
            "<p>a b</p>\n",
            &["218 [a](www.x.example)", "217 [b](ht%3Atps://x.example)"],
        ),
        (
            "[NUHW] and [sic][] and [words][nope]\n\n[ok]: https://x.example\n",
            "<p>[NUHW] and [sic][] and [words][nope]</p>\n",
            &["304 [sic]", "304 [words][nope]"],
        ),
        (
            "[ok] [it][ok]\n\n[ok]: https://x.example 'T'",
            "<p><a href=\"https://x.example\" rel=\"noopener external\">ok</a> <a href=\"https://x.example\" rel=\"noopener external\">it</a></p>\n",
            &[],
        ),
        (
            "See www.x.example/a_b. Or <b@c.example>, d@e.example!",
            "<p>See <a href=\"https://www.x.example/a_b\" rel=\"noopener external\">www.x.example/a_b</a>. Or <a href=\"mailto:b@c.example\">b@c.example</a>, <a href=\"mailto:d@e.example\">d@e.example</a>!</p>\n",
            &[],
        ),
        (
            "`https://x.example` [www.x.example](a)",
            "<p><code>https://x.example</code> <a href=\"‹a›\">www.x.example</a></p>\n",
            &[],
        ),
    ]);
}

#[test]
fn pictures_and_embeds() {
    check(&[
        ("![Nurses](../media/a.jpg \"Ana\")", "‹figure ../media/a.jpg Nurses, Ana›\n", &[]),
        ("![[a.JPG]]\n![b](b.png)", "‹figure a.JPG* -, -›\n‹figure b.png b, -›\n", &[]),
        (
            "x ![[a.jpg|300]] ![[a.jpg|A gate]]",
            "<p>x ‹picture a.jpg* -, -› ‹picture a.jpg* A gate, -›</p>\n",
            &[],
        ),
        ("![](a.jpg)", "‹figure a.jpg , -›\n", &["222 ![](a.jpg)"]),
        (
            "![a](https://x.example/a.jpg) ![b](data:image/png,x)",
            "",
            &["313 ![a](https://x.example/a.jpg)", "217 ![b](data:image/png,x)"],
        ),
        ("[![a](a.jpg)](b.md)", "<p><a href=\"‹b.md›\">‹picture a.jpg a, -›</a></p>\n", &[]),
        ("![[gate]]", "‹card of [gate]›\n", &[]),
        (
            "Come here: ![[gate]] and *bring* water.",
            "<p>Come here: </p>\n‹card of [gate]›\n<p>and <em>bring</em> water.</p>\n",
            &[],
        ),
        ("- ![[gate#hours]]", "<ul>\n<li>‹card of [gate]#hours›\n</li>\n</ul>\n", &[]),
        (
            "**![[gate]]**\n\n## ![[gate]] x",
            "<p><strong></strong></p>\n<h2 id=\"x\"> x</h2>\n",
            &["309 ![[gate]]", "309 ![[gate]]"],
        ),
    ]);
}

#[test]
fn tables() {
    check(&[(
        "| | Day | Pay |\n|-|:-:|--:|\n| [[gate\\|the gate]] | mon |\n",
        "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"‹table›\"><table>\n<thead><tr><td></td><th scope=\"col\" class=\"center\">Day</th><th scope=\"col\" class=\"right\">Pay</th></tr></thead>\n<tbody>\n<tr><td><a href=\"‹[gate]›\">the gate</a></td><td class=\"center\">mon</td><td class=\"right\"></td></tr>\n</tbody></table></section>\n",
        &[],
    )]);
}

#[test]
fn alerts() {
    check(&[
        (
            "> [!warning]\n> Moved.\n",
            "<aside class=\"alert alert-warning\" aria-label=\"‹alert_warning›\"><p class=\"alert-title\">‹alert_warning›</p>\n<p>Moved.</p>\n</aside>\n",
            &[],
        ),
        ("> [!WARNIGN]\n> x", "<blockquote>\n<p>[!WARNIGN]\nx</p>\n</blockquote>\n", &["311 [!WARNIGN]"]),
        ("> [!NOTE] Title\n> x", "<blockquote>\n<p>[!NOTE] Title\nx</p>\n</blockquote>\n", &["312 [!NOTE]"]),
    ]);
    assert_eq!(blocks("> [!WARNIGN]\n> x").findings[0].help.as_deref(), Some("did you mean “[!WARNING]”?"));
}

#[test]
fn footnotes() {
    check(&[
        (
            "B[^b] a[^A] b[^b].\n\n[^a]: Ay.\n[^b]: Bee[^c].\n[^c]:\n    - see\n",
            "<p>B<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> a<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup> b<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup>.</p>\n<section class=\"footnotes\" aria-label=\"‹footnotes›\"><ol>\n<li id=\"fn-1\"><p>Bee<sup class=\"footnote-ref\"><a href=\"#fn-3\" id=\"fnref-3\">3</a></sup>. <a href=\"#fnref-1\" class=\"footnote-back\" aria-label=\"‹back_to_reference 1›\">↩</a> <a href=\"#fnref-1-2\" class=\"footnote-back\" aria-label=\"‹back_to_reference 1›\">↩</a></p></li>\n<li id=\"fn-2\"><p>Ay. <a href=\"#fnref-2\" class=\"footnote-back\" aria-label=\"‹back_to_reference 2›\">↩</a></p></li>\n<li id=\"fn-3\"><ul>\n<li>see</li>\n</ul>\n <a href=\"#fnref-3\" class=\"footnote-back\" aria-label=\"‹back_to_reference 3›\">↩</a></li>\n</ol></section>\n",
            &[],
        ),
        (
            "a[^no] \\[^e] `[^c]`\n\n[^1]: x\n[^1]: y",
            "<p>a[^no] [^e] <code>[^c]</code></p>\n",
            &["304 [^no]", "310 [^1]", "208 [^1]"],
        ),
    ]);
}

#[test]
fn raw_html() {
    check(&[
        ("a <b>b</b> <i><u>c", "<p>a b c</p>\n", &["301 <b>", "301 <i>"]),
        ("<div onclick=x>\n**a**\n</div>\n\nb", "<p>b</p>\n", &["301 <div onclick=x>\n**a**\n</div>"]),
        ("<!-- a\n\nb -->\n\nc <!-- d -->e", "<p>c e</p>\n", &[]),
        ("<!-- a --> <script>x</script>\n\n<!-- a --> b\n", "", &["301 <script>x</script>", "315 b"]),
        ("a\n\n<!-- b\n\nc", "<p>a</p>\n", &["314 <!--"]),
        ("&lt;script> \\<b>", "<p>&lt;script&gt; &lt;b&gt;</p>\n", &[]),
    ]);
}

#[test]
fn dates_that_become_lists() {
    let list = "<ol start=\"2\">\n<li>Dezember ist Streik</li>\n</ol>\n";
    check(&[("2. Dezember ist Streik", list, &["305 2. Dezember"])]);
    assert_eq!(blocks("24. October").findings[0].help.as_deref(), Some("write “24\\. October”"));
    let date = line("24. Oktober: *Streik*");
    assert_eq!(shown(&date.value), "24. Oktober: <em>Streik</em>");
    assert!(date.findings.is_empty());
}

#[test]
fn a_line_has_no_blocks() {
    let checked = line("  **Care** can't [wait](https://x.example), [[gate]]  \nnow");
    assert_eq!(
        shown(&checked.value),
        "<strong>Care</strong> can&#39;t <a href=\"https://x.example\" rel=\"noopener external\">wait</a>, <a href=\"‹[gate]›\">‹title of [gate]›</a><br>\nnow"
    );
    assert_eq!(checked.value.lead, "Care can't wait, gate now");
    assert!(checked.findings.is_empty());
    for text in
        ["# a", "- a", "> a", "a\n\nb", "![[gate]]", "![a](b.jpg)", "|a|\n|-|\n", "***", "a[^1]", "```\na"]
    {
        let checked = line(text);
        assert_eq!(told(text, &checked.findings), ["308 in summary"], "{text:?}");
        assert!(!shown(&checked.value).contains("<p"), "{text:?}");
    }
}

#[test]
fn the_lead_is_the_first_paragraph() {
    let lead = |text: &str| blocks(text).value.lead;
    assert_eq!(
        lead("> [!NOTE]\n> no\n\n![[a.jpg]]\n\nWe *strike*\n[on](x) `Monday`[^1].\n\nMore\n\n[^1]: n"),
        "We strike on Monday."
    );
    let cut = lead(&"señal ".repeat(100));
    assert!(cut.ends_with("señal…") && cut.chars().count() <= 300, "{cut}");
    assert_eq!(lead(&"x".repeat(400)).chars().count(), 300);
}

#[test]
fn offsets_count_from_the_start_of_the_file() {
    let whole = "---\r\ntitle: x\r\n---\r\nñ\r\n\r\na <b>\r\n";
    let offset = whole.find('ñ').unwrap();
    let checked = parse(&Source { file: &file(), text: &whole[offset..], origin: Origin::Text { offset } });
    assert_eq!(told(whole, &checked.findings), ["301 <b>"]);
    let marked = "\u{feff}# [a](b)";
    let checked = blocks(marked);
    assert_eq!(told(marked, &checked.findings), ["302 # [a](b)"]);
    assert_eq!(checked.value.references[0].at.0, At::Span(5..11));
}
