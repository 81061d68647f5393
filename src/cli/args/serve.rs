//! Arguments of `serve`.

use super::IndexDir;
use clap::{ArgAction, Args as ClapArgs};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct ServeArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7700")]
    pub bind: SocketAddr,
    /// What every request has to show: in a browser once by `/?token=…`, in programs as `Authorization: Bearer …`
    #[arg(long, value_name = "TOKEN", env = "TRACUU_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Another site whose pages may read the API, as `https://example.org`
    #[arg(long, value_name = "ORIGIN", action = ArgAction::Append)]
    pub allow_origin: Vec<String>,
    /// A name that the server goes by, beside its address and `localhost`
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub host: Vec<String>,
    /// The longest that a search may take; exports take as long as they take
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub max_seconds: u64,
    /// Visitors may save searches to the file of watched queries, from the page of their results. Nothing else is ever written
    #[arg(long)]
    pub writable: bool,
    /// With --writable: the file of `tracuu watch`
    #[arg(long, value_name = "FILE", default_value = "watch.tsv", requires = "writable")]
    pub watch: PathBuf,
    /// No line for each request on standard error
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_long_help = MCP_EXAMPLE)]
pub(in crate::cli) struct McpArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// The longest that a call may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub max_seconds: u64,
}

const MCP_EXAMPLE: &str = "\
What an assistant is told, in the form that most of them read:
  {\"mcpServers\": {\"tracuu\": {\"command\": \"tracuu\", \"args\": [\"mcp\", \"--index\", \"/path/to/index\"]}}}";
