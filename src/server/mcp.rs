//! The archive over the Model Context Protocol, for assistants: tools that are calls of the API, over standard input and output.
//!
//! Input → output: an index folder and the messages of one client → answers, until the client closes its end. Read-only. A tool takes what its call
//! takes and gives what it gives, and besides how to cite it: each article with its id, the version of its text and its evidence, each
//! count with the archive and the question that it is of.

use super::answer::{Call, apart};
use super::api::{FORMAT, Named};
use super::asked::Asked;
use super::calls::{API, ApiCall, CALLS, Made};
use super::lang::Lang;
use super::problem::{Kind, Problem};
use super::{App, Settings, open, openapi};
use crate::analysis::Analyzer;
use crate::article::{Article, ArticleId, Hash128};
use crate::authority::Authority;
use crate::error::Error;
use crate::export::{Citation, Language};
use crate::index::Generation;
use crate::search::Budget;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, JsonObject, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};
use std::sync::Arc;

/// Hits, posts or pairs of an answer, where the client does not say: they come with evidence and ids, and a model reads them all.
const USUAL_HITS: (&str, &str) = ("limit", "5");
const USUAL_ROWS: (&str, &str) = ("top", "20");

/// A tool.
struct ToolOf {
    name: &'static str,
    /// The call of the API that it is.
    path: &'static str,
    /// What it is good for, where the call's own line does not say enough to choose it by.
    says: &'static str,
    /// What it is asked for besides, where the client does not say.
    usual: Option<(&'static str, &'static str)>,
    cited: Cited,
}

/// What is cited of an answer.
enum Cited {
    /// Each of its hits.
    Hits,
    /// The article that it is.
    Article,
    /// Its counts.
    Counts,
}

const TOOLS: [ToolOf; 8] = [
    ToolOf {
        name: "search",
        path: "/search",
        says: "Finds articles of an archive of Vietnamese government news, by words and by province, official, post and date of the event. \
               Totals are exact. Each hit has its id, passages, evidence for who, where and when, and a citation. \
               Unquoted words must all match, in any order; \"quotes\" make a phrase; with or without diacritics",
        usual: Some(USUAL_HITS),
        cited: Cited::Hits,
    },
    ToolOf {
        name: "article",
        path: "/articles/{id}",
        says: "The whole text of an article with who, where and when, each with the words that it stands on (spans are byte offsets into the text), and a citation",
        usual: None,
        cited: Cited::Article,
    },
    ToolOf {
        name: "facets",
        path: "/facets/{field}",
        says: "How many of the matching articles are about each province, name each official, fall on each date, are of each source or collection; \
               with what stands under no value, so that it adds up",
        usual: None,
        cited: Cited::Counts,
    },
    ToolOf {
        name: "table",
        path: "/table",
        says: "Counts of the matching articles by two values at once, such as province and year or official and post; each cell is the total of a \
               search with `is` of its row and of its column. `per=archive` gives what they are measured by",
        usual: None,
        cited: Cited::Counts,
    },
    ToolOf {
        name: "trend",
        path: "/trend",
        says: "Several queries over time, side by side, each beside all that the archive holds of the period",
        usual: None,
        cited: Cited::Counts,
    },
    ToolOf {
        name: "histogram",
        path: "/histogram",
        says: "The matching articles by year, month or day of the event, beside those of the whole archive",
        usual: None,
        cited: Cited::Counts,
    },
    ToolOf {
        name: "posts",
        path: "/posts",
        says: "Who held which post, as articles attest it: for each person and post the number of articles, ids, the first and the last of them with the words \
               that it stands on; between two attestations nothing is claimed. Ask with `role` (`Bí thư Tỉnh ủy Sơn La`) or `official`",
        usual: Some(USUAL_ROWS),
        cited: Cited::Counts,
    },
    ToolOf {
        name: "people",
        path: "/people",
        says: "Who is named together with whom in matching articles, or in one sentence of them, in how many and in which; with `official` or `role` only the \
               pairs of these",
        usual: Some(USUAL_ROWS),
        cited: Cited::Counts,
    },
];

impl ToolOf {
    fn call(&self) -> &'static ApiCall {
        CALLS.iter().find(|call| call.path == self.path).expect("each tool is a call of the table")
    }

    /// The name of what stands in the path between braces.
    fn named(&self) -> Option<&'static str> {
        Some(self.path.split_once('{')?.1.split_once('}')?.0)
    }

    /// What is shown to clients.
    fn tool(&self) -> Tool {
        let mut properties = JsonObject::new();
        for parameter in openapi::parameters(self.call()) {
            let (Some(name), mut schema) = (parameter["name"].as_str().map(str::to_owned), parameter["schema"].clone()) else { continue };
            // Tools answer in JSON.
            if name == FORMAT {
                continue;
            }
            schema["description"] = parameter["description"].clone();
            properties.insert(name, schema);
        }
        properties.extend(self.named().map(|name| (name.to_owned(), openapi::in_path(name))));
        let schema = json!({
            "type": "object",
            "properties": properties,
            "required": self.named().into_iter().collect::<Vec<_>>(),
            "additionalProperties": false,
        });
        let Value::Object(schema) = schema else { unreachable!("it is written as one above") };
        let mut tool = Tool::new(self.name, self.says, schema);
        tool.annotations = Some(ToolAnnotations::new().read_only(true).idempotent(true).open_world(false));
        tool
    }
}

/// Answers one client over standard input and output, until it closes its end.
///
/// # Errors
/// If the client does not speak the protocol. An index that is missing or damaged is no error: every call is told so, until it is mended.
pub fn serve_mcp(settings: Settings, analyzer: Arc<Analyzer>, authority: Authority, log: fn(&str)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let (app, refreshing) = open(App::new(settings, analyzer, authority, log)).await;
        let wrong = |error: &dyn std::fmt::Display| Error::Usage {
            what: format!("the client does not speak the Model Context Protocol: {error}"),
            repair: "`tracuu mcp` is started by an assistant, not by hand".to_owned(),
        };
        let served = match (Served { app }).serve(rmcp::transport::stdio()).await {
            Ok(running) => running.waiting().await.map(drop).map_err(|error| wrong(&error)),
            Err(error) => Err(wrong(&error)),
        };
        refreshing.abort();
        served
    });
    // Whoever reads standard input on a thread of the runtime does so until the input ends.
    runtime.shutdown_background();
    outcome
}

/// The archive, as the protocol meets it.
struct Served {
    app: Arc<App>,
}

impl ServerHandler for Served {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("tracuu", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "An archive of Vietnamese government news, read-only. Dates are those of events, provinces those that articles are about; `national`, \
                 `unknown` and the like stand for what is under no value, so counts add up. Quote an article by its `citation`, a count by that of its answer, \
                 and say nothing that no evidence or passage holds.",
            )
    }

    async fn list_tools(&self, _: Option<PaginatedRequestParams>, _: RequestContext<RoleServer>) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(ToolOf::tool).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        TOOLS.iter().find(|tool| tool.name == name).map(ToolOf::tool)
    }

    async fn call_tool(&self, request: CallToolRequestParams, _: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            return Err(ErrorData::invalid_params(format!("there is no tool {:?}; there are {}", request.name, names.join(", ")), None));
        };
        let result = match self.answer(tool, request.arguments.unwrap_or_default()).await {
            Ok(value) => CallToolResult::structured(value),
            Err(problem) => CallToolResult::structured_error(json!(problem.details())),
        };
        Ok(result.into())
    }
}

impl Served {
    async fn answer(&self, tool: &'static ToolOf, arguments: JsonObject) -> Result<Value, Problem> {
        let (asked, named) = asked(tool, arguments)?;
        let app = Arc::clone(&self.app);
        let open = app.archive.now().map_err(|error| Problem::from(error.as_ref()))?;
        let budget = Budget::within(app.settings.budget);
        let (lang, path) = (Lang::Vi, format!("{API}{}", tool.path));
        let call = Call { app, open, asked, named, lang, path, site: String::new(), budget };
        let Made::Whole(make) = tool.call().made else { unreachable!("no tool is an export") };
        apart(move || {
            let answer = make(&call)?;
            let mut value = serde_json::from_slice(&answer.body).expect("calls of tools answer in JSON");
            tool.cited.cite(&mut value, &call.named, &call.open.generation)?;
            Ok(value)
        })
        .await
    }
}

/// The arguments of a tool as names and values, and what stands in its path.
fn asked(tool: &ToolOf, arguments: JsonObject) -> Result<(Asked, String), Problem> {
    let (mut asked, mut named) = (Asked::default(), String::new());
    for (name, value) in arguments {
        if name == FORMAT {
            return Err(Problem::new(Kind::BadRequest, format!("nothing called {name:?} can be asked here: tools answer in JSON")));
        }
        let values = match value {
            Value::Array(values) => values,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        for value in values {
            let text = match value {
                Value::String(text) => text,
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                _ => return Err(Problem::new(Kind::BadRequest, format!("{name}: write texts, numbers, true or false, or a list of them"))),
            };
            if tool.named() == Some(name.as_str()) { named = text } else { asked = asked.and(&name, &text) }
        }
    }
    if let Some((name, value)) = tool.usual.filter(|(name, _)| asked.first(name).is_none()) {
        asked = asked.and(name, value);
    }
    Ok((asked, named))
}

impl Cited {
    /// Says how to cite an answer, of the article of this name where it is one.
    fn cite(&self, value: &mut Value, named: &str, generation: &Generation) -> Result<(), Problem> {
        match self {
            Cited::Hits => {
                value["citation"] = json!(of_counts(value));
                for hit in value["hits"].as_array_mut().into_iter().flatten() {
                    let id: Option<ArticleId> = hit["id"].as_str().and_then(Hash128::parse);
                    let stored = id.map(|id| generation.find(id)).transpose()?.flatten();
                    if let Some(stored) = stored {
                        hit["citation"] = json!(of_article(&stored.article));
                        hit["evidence"] = json!(stored.article.evidence);
                    }
                }
            }
            Cited::Article => {
                // The text that was asked for, which may be an earlier one.
                let named = Named::parse(named)?;
                value["citation"] = json!(of_article(&named.article(named.find(generation)?)?));
            }
            Cited::Counts => value["citation"] = json!(of_counts(value)),
        }
        Ok(())
    }
}

fn of_article(article: &Article) -> String {
    Citation::of(article).text(Language::Vietnamese)
}

/// Program, archive, its state, and what was asked: with these the same count is found again.
fn of_counts(value: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let query = |of: &Value| match &of["query"] {
        Value::String(query) => query.clone(),
        read => text(&read["canonical"]),
    };
    let filters = |of: &Value| {
        let filters = of["filters"].as_array().into_iter().flatten();
        filters.map(|filter| format!("; {}: {}", text(&filter["field"]), text(&filter["label"]))).collect::<String>()
    };
    let asked = |of: &Value| format!("“{}”{}", query(of), filters(of));
    let questions: Vec<String> = match value["series"].as_array() {
        Some(series) => series.iter().map(asked).collect(),
        None => vec![asked(value)],
    };
    let index = &value["index"];
    format!("{}, kho {}, bản {}: {}", text(&value["tool"]), text(&index["corpus_id"]), index["generation"], questions.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_takes_what_its_call_takes() {
        for tool in &TOOLS {
            let shown = tool.tool();
            let schema = Value::Object((*shown.input_schema).clone());
            let properties = schema["properties"].as_object().unwrap();
            assert!(matches!(tool.call().made, Made::Whole(_)));
            assert!(properties.values().all(|property| property["type"].is_string()), "{schema}");
            assert_eq!(tool.named().is_some(), schema["required"][0].is_string(), "{}", tool.name);
            assert_eq!(shown.annotations.unwrap().read_only_hint, Some(true));
        }
    }

    #[test]
    fn arguments_are_what_an_address_says() {
        let of = |tool: usize, arguments: Value| asked(&TOOLS[tool], arguments.as_object().unwrap().clone());
        let (asked, named) =
            of(0, json!({"query": "đất", "province": ["Đồng Nai", "Bình Phước"], "collapse": true, "offset": 3, "to": null})).unwrap();
        assert_eq!(
            [asked.query(), asked.first("collapse").unwrap(), asked.first("offset").unwrap(), asked.first("limit").unwrap()],
            ["đất", "true", "3", "5"]
        );
        assert!(asked.all("province").eq(["Đồng Nai", "Bình Phước"]) && asked.first("to").is_none());
        assert!(named.is_empty());
        assert_eq!(of(1, json!({"id": "e36c"})).unwrap().1, "e36c");
        assert!(of(0, json!({"query": {"a": 1}})).is_err());
        assert!(of(3, json!({"format": "csv"})).is_err(), "tools answer in JSON");
    }
}
