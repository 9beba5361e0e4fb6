//! Tests that the cache folder is readable by its user alone, and without stamps that can never be useful again.

use std::fs;
use std::time::Duration;

use crate::desk::Desk;

/// Builds `handbook` so that it is stamped: a file that was just written could still change unnoticed.
fn stamped(desk: &Desk, handbook: &str) {
    std::thread::sleep(Duration::from_millis(2100));
    desk.run(&format!("build {handbook}")).is_clean();
}

fn stamps(desk: &Desk) -> usize {
    let names = fs::read_dir(desk.at("cache/vaert")).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap().ends_with(".stamp")).count()
}

#[test]
fn the_stamp_of_a_handbook_that_is_gone_goes_with_the_next_build_of_another() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.write("anden/handbook.yaml", "title: Anden\n");
    desk.write("anden/index.md", "# Anden\n");
    stamped(&desk, "bog");
    stamped(&desk, "anden");
    assert_eq!(stamps(&desk), 2);
    fs::remove_dir_all(desk.at("bog")).unwrap();
    desk.run("build anden --force").is_clean();
    assert_eq!(stamps(&desk), 1);
}

#[test]
fn the_stamp_of_editions_that_are_gone_and_what_cannot_be_read_go() {
    let desk = Desk::with_files(&[("index.md", "# A\n")]);
    desk.run("build bog --out andetsteds").is_clean();
    stamped(&desk, "bog --out andetsteds --force");
    stamped(&desk, "bog");
    desk.write("cache/vaert/0123456789abcdef0123456789abcdef.stamp", "{\"program\":\"en gammel\"}");
    desk.write("cache/vaert/andet.txt", "ikke vores");
    assert_eq!(stamps(&desk), 3);
    fs::remove_dir_all(desk.at("andetsteds")).unwrap();
    desk.run("build bog --force").is_clean();
    assert_eq!(stamps(&desk), 1);
    assert!(desk.exists("cache/vaert/andet.txt"));
    let again = desk.run("build bog");
    assert!(again.out.contains(" 0 files written"), "{}", again.out);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// Returns the paths in the cache that somebody other than the user may read, write or enter, with their modes.
    fn open_to_others(desk: &Desk) -> Vec<String> {
        let entries = walkdir::WalkDir::new(desk.at("cache/vaert")).into_iter().map(|entry| entry.unwrap());
        let modes = entries.map(|entry| {
            let wanted = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
            (entry.path().to_path_buf(), entry.metadata().unwrap().permissions().mode() & 0o777, wanted)
        });
        modes
            .filter(|(_, mode, wanted)| mode != wanted)
            .map(|(path, mode, _)| format!("{}: {mode:o}", path.display()))
            .collect()
    }

    fn set_mode(desk: &Desk, path: &str, mode: u32) {
        fs::set_permissions(desk.at(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_remembered_can_be_read_by_the_user_alone() {
        let desk = Desk::with_handbook();
        std::thread::sleep(Duration::from_millis(2100));
        desk.run(if cfg!(feature = "pdf") { "build bog --pdf" } else { "build bog" }).is_clean();
        assert_eq!(stamps(&desk), 1);
        assert_eq!(desk.exists("cache/vaert/print"), cfg!(feature = "pdf"));
        assert_eq!(open_to_others(&desk), Vec::<String>::new());
    }

    #[test]
    fn a_cache_that_stood_open_is_closed_by_the_first_command_that_uses_it() {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        stamped(&desk, "bog");
        desk.write("cache/vaert/print/0123.pdf", "en andens");
        let open = |folder: u32, file: u32| {
            for path in ["cache/vaert", "cache/vaert/print"] {
                set_mode(&desk, path, folder);
            }
            set_mode(&desk, "cache/vaert/print/0123.pdf", file);
            for entry in fs::read_dir(desk.at("cache/vaert")).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_file() {
                    fs::set_permissions(entry, fs::Permissions::from_mode(file)).unwrap();
                }
            }
        };
        for (folder, file) in [(0o755, 0o644), (0o777, 0o666), (0o750, 0o640)] {
            open(folder, file);
            let again = desk.run("build bog");
            assert!(again.out.contains(" 0 files written"), "{}", again.out);
            assert_eq!(open_to_others(&desk), Vec::<String>::new());
        }
    }

    #[test]
    fn a_file_that_stood_open_in_a_closed_folder_is_closed_by_the_next_build() {
        let desk = Desk::with_files(&[("index.md", "# A\n")]);
        stamped(&desk, "bog");
        let stamp = fs::read_dir(desk.at("cache/vaert")).unwrap().next().unwrap().unwrap().path();
        fs::set_permissions(stamp, fs::Permissions::from_mode(0o644)).unwrap();
        desk.write("anden/handbook.yaml", "title: Anden\n");
        desk.write("anden/index.md", "# Anden\n");
        desk.run("build anden").is_clean();
        assert_eq!(open_to_others(&desk), Vec::<String>::new());
    }
}
