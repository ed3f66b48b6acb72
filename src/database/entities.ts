import { Contact, Identity, SourceRecord, Suppression } from './entities/contact.entity.js';
import { Debrief, Encounter, Event } from './entities/event.entity.js';
import { Import, ImportChunk, ImportFile, ImportRejection } from './entities/import.entity.js';
import { Inbound, InboundBody, ReplyDebt } from './entities/inbound.entity.js';
import { Fact, Interaction, Promised } from './entities/memory.entity.js';
import { Message, MessageBody, MessageReason, SendAttempt } from './entities/message.entity.js';
import { Audit, Idempotency, Mailbox, Owner } from './entities/owner.entity.js';
import { Enrollment, Sequence, Step, Template } from './entities/sequence.entity.js';

/** Every table, in no particular order: what the data source is built from. */
export const entities = [
  Owner,
  Mailbox,
  Audit,
  Idempotency,
  Contact,
  Identity,
  SourceRecord,
  Suppression,
  Import,
  ImportFile,
  ImportChunk,
  ImportRejection,
  Event,
  Encounter,
  Debrief,
  Interaction,
  Fact,
  Promised,
  Sequence,
  Step,
  Template,
  Enrollment,
  Message,
  MessageBody,
  MessageReason,
  SendAttempt,
  Inbound,
  InboundBody,
  ReplyDebt,
];
