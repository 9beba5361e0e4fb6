//! A request to what it asks for, refused where it may not ask.

use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::percent_decode_str;

/// The resource that a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// A file of the edition.
    File(String),
    /// The script that keeps a page up to date.
    Script,
    /// The stream of events, one for all pages that a browser has open.
    Events,
    /// The present state of the page at `path`, with the page that was saved after the update `since`.
    State { path: String, since: u64 },
    /// The source position of a paragraph of a page, and whether to open it in the editor.
    Place { path: String, text: String, open: bool },
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Another method than GET and HEAD.
    Method,
    /// A `Host` that is a name: a page elsewhere may have given its own name our address (DNS rebinding).
    Host,
    /// Several `Host` headers, of which another program may use another one (RFC 9112, section 3.2).
    SeveralHosts,
    /// A path that is none.
    Path,
}

/// Returns the resource that a request with this method, these `Host` headers and this target asks for.
pub(super) fn wish(method: &str, hosts: &[&str], target: &str) -> Result<Wish, Refusal> {
    if !matches!(method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    match hosts {
        [host] if is_local_host(host) => {}
        [] | [_] => return Err(Refusal::Host),
        _ => return Err(Refusal::SeveralHosts),
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = percent_decode_str(path.split('#').next().unwrap_or("")).decode_utf8().map_err(|_| Refusal::Path)?;
    let path = path.strip_prefix('/').ok_or(Refusal::Path)?;
    let is_bad = |part: &str| part == ".." || part == "." || part.contains(['\\', '\0', ':']);
    if path.split('/').any(is_bad) {
        return Err(Refusal::Path);
    }
    Ok(match path {
        "_vaert/live.js" => Wish::Script,
        "_vaert/events" => Wish::Events,
        "_vaert/state" => {
            Wish::State { path: field(query, "path"), since: field(query, "since").parse().unwrap_or(u64::MAX) }
        }
        "_vaert/place" | "_vaert/open" => {
            Wish::Place { path: field(query, "path"), text: field(query, "text"), open: path == "_vaert/open" }
        }
        path if path.is_empty() || path.ends_with('/') => Wish::File(format!("{path}index.html")),
        path => Wish::File(path.to_owned()),
    })
}

/// Whether a `Host` header names this machine by number or as `localhost`, with any port.
fn is_local_host(host: &str) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((address, port)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let is_alone = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return is_alone && address.parse::<Ipv6Addr>().is_ok();
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = name.to_ascii_lowercase();
    is_port(port) && (name == "localhost" || name.ends_with(".localhost") || name.parse::<Ipv4Addr>().is_ok())
}

/// Returns the value of the field `name` of a query; empty if it has none.
fn field(query: &str, name: &str) -> String {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| decoded(known) == name).map(|(_, value)| decoded(value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(target: &str) -> Result<Wish, Refusal> {
        wish("GET", &["localhost:4455"], target)
    }

    #[test]
    fn a_folder_is_its_index_and_letters_are_decoded() {
        assert_eq!(file("/"), Ok(Wish::File("index.html".to_owned())));
        assert_eq!(file("/maal/?x=1"), Ok(Wish::File("maal/index.html".to_owned())));
        assert_eq!(file("/a%20b/%C3%B8.png#x"), Ok(Wish::File("a b/ø.png".to_owned())));
    }

    #[test]
    fn no_path_leads_out() {
        for target in ["/../x", "/a/%2e%2e/x", "/a/..", "/a%5c..%5cx", "/a%00", "/C:/x", "x", "*", "/%ff"] {
            assert_eq!(file(target), Err(Refusal::Path), "{target}");
        }
    }

    #[test]
    fn only_hosts_that_no_page_elsewhere_can_have_are_served() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4455", "[::1]:4455", "192.168.1.5:1", "x.localhost"] {
            assert!(wish("GET", &[host], "/").is_ok(), "{host}");
        }
        for host in [
            "example.com",
            "localhost.example.com",
            "127.0.0.1.nip.io",
            "[",
            "",
            "localhost, example.com",
            "[::1].example.com",
            "localhost:80.example.com",
        ] {
            assert_eq!(wish("GET", &[host], "/"), Err(Refusal::Host), "{host:?}");
        }
        assert_eq!(wish("GET", &[], "/"), Err(Refusal::Host));
        for hosts in [["localhost", "example.com"], ["example.com", "localhost"], ["localhost", "localhost"]] {
            assert_eq!(wish("GET", &hosts, "/"), Err(Refusal::SeveralHosts), "{hosts:?}");
        }
        assert_eq!(wish("POST", &["localhost"], "/"), Err(Refusal::Method));
    }
}
