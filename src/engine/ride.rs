//! A transport for one group: what it fetches behaves as the group does.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;

use super::limiter::Pace;
use super::manner::Manner;
use super::transport::{Body, Query, Reply, Transport};
use super::wire::Ride;
use crate::download::Failure;

/// The transport.
pub struct Riding {
    transport: Arc<dyn Transport>,
    manner: Arc<Manner>,
    pace: Arc<Pace>,
}

impl Riding {
    /// Over another transport.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, manner: Arc<Manner>, pace: Arc<Pace>) -> Self {
        Self {
            transport,
            manner,
            pace,
        }
    }
}

impl Transport for Riding {
    fn send(
        &self,
        mut query: Query,
    ) -> Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>> {
        query.rank = self.manner.rank();
        let sent = self.transport.send(query);
        let (manner, pace) = (self.manner.clone(), self.pace.clone());
        Box::pin(async move {
            let reply = sent.await?;
            let Some(ride) = reply
                .via
                .wire
                .as_ref()
                .map(|wire| wire.carry(manner.clone()))
            else {
                manner.comes_blindly();
                return Ok(reply);
            };
            let body = reply.body;
            Ok(Reply {
                body: Box::new(Carried { body, ride, pace }),
                ..reply
            })
        })
    }
}

/// A body, and the connection that it comes by.
struct Carried {
    body: Box<dyn Body>,
    ride: Ride,
    pace: Arc<Pace>,
}

impl Body for Carried {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        // (What is paid for in small steps is read in small steps.)
        self.ride.wire.read_at_most(self.pace.step());
        self.body.poll_chunk(context)
    }

    fn is_held(&self) -> bool {
        self.ride.wire.is_held()
    }
}
