//! What shells and man(1) are told of the commands, and what the smaller build says of those that it has not.

use super::cli::Campaign;

/// The commands that help lists, but for help itself.
fn commands(campaign: &Campaign) -> Vec<String> {
    let help = campaign.run(&["--help"]).exits_with(0).out;
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    let commands: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(commands.len() > 8 && commands.contains(&"build".to_owned()), "{help}");
    commands
}

#[test]
fn completions_name_every_command() {
    let campaign = Campaign::empty();
    let commands = commands(&campaign);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = campaign.run(&["completions", shell]).exits_with(0);
        assert!(script.err.is_empty(), "{}", script.err);
        for command in &commands {
            assert!(script.out.contains(command.as_str()), "{shell} does not know {command}");
        }
        assert!(script.out.contains("as-of"), "{shell} does not know --as-of");
    }
    campaign.run(&["completions", "basic"]).exits_with(2);
}

#[cfg(unix)]
#[test]
fn bash_completes_by_them() {
    let campaign = Campaign::empty();
    campaign.put("handbill.bash", &campaign.run(&["completions", "bash"]).exits_with(0).out);
    let completed = |words: &str, at: usize| {
        let asked = format!(
            ". ./handbill.bash; COMP_WORDS=({words}); at={at}; COMP_CWORD=$at; _handbill handbill \"${{COMP_WORDS[at]}}\" \"${{COMP_WORDS[at-1]}}\"; echo ${{COMPREPLY[@]}}"
        );
        let ran = std::process::Command::new("bash")
            .args(["-c", &asked])
            .current_dir(campaign.folder.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(completed("handbill bu", 1), "build");
    assert_eq!(completed("handbill build --tim", 2), "--timings");
    assert_eq!(completed("handbill init x --host git", 4), "github-pages gitlab-pages");
}

#[test]
fn every_command_has_its_page() {
    let campaign = Campaign::empty();
    let whole = campaign.run(&["man"]).exits_with(0).out;
    assert!(whole.contains("\n.TH handbill 1 "), "{whole}");
    for command in commands(&campaign) {
        assert!(whole.contains(&format!("\nhandbill\\-{command}(1)\n")), "{command} is not in\n{whole}");
        let page = campaign.run(&["man", &command]).exits_with(0).out;
        let head = format!(".TH handbill-{command} 1  \"handbill {}\"", env!("CARGO_PKG_VERSION"));
        assert!(page.contains(&head), "{page}");
    }
    assert!(campaign.run(&["man", "build"]).out.contains("\\fB\\-\\-timings\\fR"));
    let of_a_kind = campaign.run(&["man", "new", "statement"]).exits_with(0).out;
    assert!(of_a_kind.contains(".TH handbill-new-statement 1 "), "{of_a_kind}");
    let unknown = campaign.run(&["man", "new", "leaflet"]).exits_with(2);
    assert!(unknown.err.contains("there is no command “new leaflet”"), "{}", unknown.err);
    assert!(unknown.out.is_empty());
}

#[cfg(not(feature = "serve"))]
#[test]
fn the_smaller_build_says_where_the_whole_one_is() {
    let campaign = Campaign::new();
    for typed in [&["serve"][..], &["build", "--watch"], &["serve", "--port", "4100", "--open"]] {
        let told = campaign.run(typed).exits_with(2);
        assert!(told.err.contains("this is the smaller handbill"), "{}", told.err);
        assert!(told.err.contains("cargo install --locked handbill"), "{}", told.err);
        assert!(told.out.is_empty() && !campaign.path("public").exists());
    }
    campaign.run(&["build"]).exits_with(0);
}
