//! stub
use crate::diagnostic::Diagnostic; use crate::model::{Kind, front_matter::*}; use crate::source::Source; use std::ops::Range;
use serde_yaml::Value as Y;
pub fn read(s: &Source, k: Kind) -> (FrontMatter, usize, Vec<Diagnostic>) {
  let t=&s.text; let mut start=0; let mut y=Y::Null;
  if t.starts_with("---\n") { if let Some(e)=t[4..].find("\n---\n") { y=serde_yaml::from_str(&t[4..4+e+1]).unwrap(); start=4+e+5; } }
  let txt=|y:&Y|->Box<str>{ match y { Y::String(s)=>s.as_str().into(), Y::Number(n)=>n.to_string().into(), _=>"".into() } };
  let v=|key:&'static str|->Option<Value>{ y.get(key).map(|x|Value{text:txt(x),at:KeyPath::key(key)}) };
  let l=|key:&'static str|->Vec<Value>{ y.get(key).and_then(|x|x.as_sequence()).map(|q|q.iter().enumerate().map(|(i,x)|Value{text:txt(x),at:KeyPath::item(key,i)}).collect()).unwrap_or_default() };
  let need=|key:&'static str| v(key).unwrap_or(Value{text:"".into(),at:KeyPath::key(key)});
  let common=Common{title:v("title"),summary:v("summary"),order:y.get("order").and_then(|x|x.as_i64()),aliases:l("aliases"),moved_from:l("moved_from"),tags:l("tags"),facilitator:y.get("audience").is_some(),draft:y.get("draft").and_then(|x|x.as_bool()).unwrap_or(false),print:true,changes:v("changes")};
  let dir=|key:&str| y.get(key).and_then(|x|x.as_str()).and_then(|x| match x {"up"=>Some(Direction::Up),"down"=>Some(Direction::Down),"improved"=>Some(Direction::Improved),_=>None});
  let u=|key:&str| y.get(key).and_then(|x|x.as_u64()).unwrap_or(0) as u32;
  let details=match k { Kind::Page=>Details::Page, Kind::Case=>Details::Case(Case{principles:l("principles")}),
   Kind::Principle=>Details::Principle(Principle{statement:need("statement"),seen:l("seen"),heard:l("heard"),concepts:l("concepts")}),
   Kind::Exercise=>Details::Exercise(Exercise{principles:l("principles"),when:if y.get("when").and_then(|x|x.as_str())==Some("workshop"){When::Workshop}else{When::Between},minutes:u("minutes"),participants:Participants{min:y.get("participants").and_then(|p|p.get("min")).and_then(|x|x.as_u64()).map(|x|x as u32),max:y.get("participants").and_then(|p|p.get("max")).and_then(|x|x.as_u64()).map(|x|x as u32)},groups:v("groups"),materials:l("materials"),purpose:v("purpose"),invitation:v("invitation")}),
   Kind::Workshop=>Details::Workshop(Workshop{start:540,minutes:u("hours")*60,week:Some(u("week")),agenda:y.get("agenda").and_then(|x|x.as_sequence()).map(|q|q.iter().enumerate().map(|(i,x)|AgendaPoint{what:match x.get("exercise"){Some(e)=>AgendaWhat::Exercise(Value{text:txt(e),at:KeyPath::inner("agenda",i,"exercise")}),None=>AgendaWhat::Other{title:Value{text:txt(&x["title"]),at:KeyPath::inner("agenda",i,"title")},kind:match x.get("kind").and_then(|k|k.as_str()){Some("break")=>AgendaKind::Break,Some("meal")=>AgendaKind::Meal,Some("talk")=>AgendaKind::Talk,_=>AgendaKind::Work}}},minutes:x.get("minutes").and_then(|m|m.as_u64()).map(|m|m as u32),note:x.get("note").map(|n|Value{text:txt(n),at:KeyPath::inner("agenda",i,"note")})}).collect()).unwrap_or_default()}),
   Kind::Conclusion=>Details::Conclusion(Conclusion{supports:l("supports"),principles:l("principles")}),
   Kind::Indicator=>Details::Indicator(Indicator{question:need("question"),unit:v("unit"),better:dir("better"),series:vec![],result:dir("result")}),
   Kind::Concept=>Details::Concept(Concept{definition:need("definition"),forms:l("forms")}) };
  (FrontMatter{common,details},start,vec![])
}
pub fn place_of(_t: &str, _p: KeyPath) -> Range<usize> { 0..0 }
