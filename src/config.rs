//! stub
use crate::diagnostic::Diagnostic; use crate::model::{Kind,handbook::*}; use crate::source::Source; use std::ops::Range;
use serde_yaml::Value as Y;
pub fn read(s: &Source, f: &str) -> (Handbook, Vec<Diagnostic>) {
 let y:Y=serde_yaml::from_str(&s.text).unwrap(); let st=|y:&Y,k:&str| y.get(k).and_then(|x|x.as_str()).map(str::to_owned);
 let b=y.get("brand").cloned().unwrap_or(Y::Null);
 (Handbook{name:st(&y,"name").unwrap_or(f.into()),title:st(&y,"title").unwrap_or_default(),description:st(&y,"description"),language:Language::Danish,theme:"vaertskab".into(),
 sections:y.get("sections").and_then(|x|x.as_sequence()).map(|q|q.iter().map(|x|SectionSettings{folder:st(x,"folder").unwrap(),kind:Kind::from_name(&st(x,"kind").unwrap()).unwrap(),title:st(x,"title")}).collect()).unwrap_or_default(),
 brand:Brand{organisation:st(&b,"organisation"),logo:st(&b,"logo"),colors:b.get("colors").and_then(|c|c.as_mapping()).map(|m|m.iter().map(|(k,v)|(k.as_str().unwrap().to_owned(),ColorPair{light:v.as_str().unwrap().into(),dark:None})).collect()).unwrap_or_default(),footer:None,accessibility_statement:None,contact:None},
 terms:y.get("terms").and_then(|c|c.as_mapping()).map(|m|m.iter().map(|(k,v)|(k.as_str().unwrap().to_owned(),Term{gender:match st(v,"gender").as_deref(){Some("et")=>Some(Gender::Et),_=>Some(Gender::En)},article:None,forms:v["forms"].as_sequence().unwrap().iter().map(|f|f.as_str().unwrap().to_owned()).collect(),compound:st(v,"compound")})).collect()).unwrap_or_default(),
 raw_html:RawHtml::Sanitize,strict:false,site_url:st(&y,"site_url")},vec![])
}
pub fn theme_of(_t: &str) -> Option<String> { None }
pub fn place_of_color(_t: &str, _c: &str, _s: &str) -> Range<usize> { 0..0 }
pub fn place_of_key(_t: &str, _k: &str) -> Range<usize> { 0..0 }
