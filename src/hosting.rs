//! Writes the configuration of web servers for a published edition: the headers to send, as files beside the site.

mod headers;
mod iis;

use std::sync::Arc;

use crate::output::{Output, OutputContent};

/// The policy that every page keeps: nothing from elsewhere, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'";

/// Headers of every file, name and value.
const HEADERS: [(&str, &str); 3] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
];

/// The folder in which every file has its content's hash in its name, so that a copy of it never expires.
const HASHED_FOLDER: &str = "assets";

/// The lifetime of such a copy: a year, in days. Nothing honours a longer one.
const DAYS: u32 = 365;

/// A web server that takes its settings from a file in the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// Internet Information Services: `web.config`.
    Iis,
    /// Servers that read `_headers` (Netlify, Cloudflare Pages), and people who set up any other.
    Headers,
}

impl Server {
    const ALL: [Server; 2] = [Server::Iis, Server::Headers];

    /// Returns the path of the file that the server reads.
    pub fn path(self) -> &'static str {
        match self {
            Server::Iis => "web.config",
            Server::Headers => "_headers",
        }
    }

    /// Returns the server that reads the file at `path`.
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|server| server.path() == path)
    }
}

/// The file that tells `server` how to serve an edition that will stand at `site_url`.
pub fn file(server: Server, site_url: Option<&str>) -> Output {
    let text = match server {
        Server::Iis => iis::web_config(site_url),
        Server::Headers => headers::headers(),
    };
    Output { path: Arc::from(server.path()), content: OutputContent::Bytes(text.into_bytes().into()) }
}
