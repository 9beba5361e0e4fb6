//! stub
use vaert::*;
fn main() {
    let t=std::time::Instant::now();
    let path=std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let snapshot=load::load(&path,None).unwrap();
    let mut cache=cache::Cache::for_one_build();
    let b=build::build(&snapshot,&mut cache,&build::Options::default());
    let out=std::path::PathBuf::from(std::env::args().nth(2).unwrap()).join(&b.edition);
    let source_of=|p:&str| snapshot.layers[0].files.values().find(|f|&*f.shown==p).and_then(|f|f.source()).map(|s|s.text);
    print!("{}",diagnostic::print::short(&b.diagnostics,&source_of));
    let faults=b.render(&cache,&|o|{ let p=out.join(&*o.path); std::fs::create_dir_all(p.parent().unwrap()).unwrap(); if let output::OutputContent::Bytes(x)=o.content { std::fs::write(p,x).unwrap(); } });
    print!("{}",diagnostic::print::short(&faults,&|_|None));
    println!("{} pages {:?}",b.pages,t.elapsed());
}
