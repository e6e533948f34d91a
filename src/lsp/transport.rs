//! Between the pipes and tower-lsp's service, in place of tower-lsp's own transport, whose faults are known: a bad frame
//! ends it, a panic in a handler ends the process, four slow requests block `$/cancelRequest`, and `exit` waits for the end
//! of the input.
//!
//! One thread reads frames, and one task calls the service. The task polls every handler once before it
//! takes the next message, so whatever a handler does before its first await happens in the order of the messages.

use super::frames::{self, Incoming};
use super::log::{Level, Log};
use super::wire::Wire;
use futures_util::future::{CatchUnwind, FutureExt};
use futures_util::stream::{FuturesUnordered, StreamExt};
use futures_util::{SinkExt, poll};
use std::io::{self, BufReader, Read};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

/// Bytes that are read from the pipe at once.
const BUFFER: usize = 64 * 1024;

type Handled = Result<Option<Response>, tower_lsp::ExitedError>;
type Call = Pin<Box<dyn Future<Output = (Option<Id>, Result<Handled, ()>)>>>;

/// Serves until the client says `exit` or closes the input; returns the status of the process.
pub(super) async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    wire: &Wire,
    log: &Log,
) -> u8 {
    let mut incoming = read_frames(io::stdin());
    let (mut requests, mut answers) = socket.split();
    let mut running: FuturesUnordered<Call> = FuturesUnordered::new();
    let mut shut_down = false;
    let status = loop {
        tokio::select! {
            biased;
            message = incoming.recv() => match message.unwrap_or(Incoming::End(None)) {
                Incoming::Request(request) if request.method() == "exit" => {
                    break u8::from(!shut_down);
                }
                Incoming::Request(request) => {
                    shut_down |= request.method() == "shutdown";
                    let mut call = start(&mut service, request);
                    match poll!(&mut call) {
                        Poll::Ready(done) => answer(wire, done, log),
                        Poll::Pending => running.push(call),
                    }
                }
                Incoming::Response(response) => {
                    let _ = answers.send(response).await;
                }
                Incoming::Wrong(response) => {
                    let why = response.error().map_or("", |error| &error.message);
                    log.say(Level::Warning, why);
                    wire.send(&response);
                }
                Incoming::Dropped(why) => log.say(Level::Warning, &why),
                Incoming::End(why) => {
                    if let Some(why) = why {
                        log.say(Level::Error, &why);
                    }
                    break u8::from(!shut_down);
                }
            },
            Some(done) = running.next() => answer(wire, done, log),
            Some(request) = requests.next() => wire.send(&request),
        }
    };
    wire.finish();
    status
}

/// Calls the service; a panic of the handler is caught, so that it costs one answer and not the process.
fn start<S: LanguageServer>(service: &mut LspService<S>, request: Request) -> Call {
    let id = request.id().cloned();
    let call: CatchUnwind<AssertUnwindSafe<_>> =
        AssertUnwindSafe(service.call(request)).catch_unwind();
    Box::pin(async move { (id, call.await.map_err(drop)) })
}

fn answer(wire: &Wire, (id, done): (Option<Id>, Result<Handled, ()>), log: &Log) {
    match (done, id) {
        (Ok(Ok(Some(response))), _) => wire.send(&response),
        (Ok(_), _) => {}
        (Err(()), id) => {
            log.say(Level::Error, "a handler failed; please report this");
            if let Some(id) = id {
                let error = Error {
                    code: ErrorCode::InternalError,
                    message: "copydesk failed at this; its log says more".into(),
                    data: None,
                };
                wire.send(&Response::from_error(id, error));
            }
        }
    }
}

/// Reads frames on a thread of its own, so that no pipe ever blocks the protocol.
fn read_frames(input: impl Read + Send + 'static) -> mpsc::UnboundedReceiver<Incoming> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        let mut input = BufReader::with_capacity(BUFFER, input);
        loop {
            let message = frames::read(&mut input);
            let ended = matches!(message, Incoming::End(_));
            if sender.send(message).is_err() || ended {
                return;
            }
        }
    });
    receiver
}
