import { Comparison } from './entities/comparison.entity.js';
import {
  Contact,
  ContactMerge,
  Forgotten,
  Identity,
  PositionChange,
  Proposal,
  SourceRecord,
  Suppression,
} from './entities/contact.entity.js';
import { Debrief, Encounter, Event } from './entities/event.entity.js';
import { MailEar, MailFolder, SentCopy } from './entities/folder.entity.js';
import {
  Capture,
  CaptureChunk,
  Import,
  ImportChunk,
  ImportFile,
  ImportRejection,
  MappingRow,
} from './entities/import.entity.js';
import { Inbound, InboundBody, ReplyDebt } from './entities/inbound.entity.js';
import { Fact, Interaction, Promised } from './entities/memory.entity.js';
import { Message, MessageBody, MessageReason, SendAttempt } from './entities/message.entity.js';
import { Audit, Idempotency, Mailbox, Owner, TimeOff } from './entities/owner.entity.js';
import { Enrollment, Sequence, Step, Template } from './entities/sequence.entity.js';

/** Every table, in no particular order: what the data source is built from. */
export const entities = [
  Owner,
  Mailbox,
  TimeOff,
  Audit,
  Idempotency,
  Contact,
  Identity,
  SourceRecord,
  ContactMerge,
  Proposal,
  PositionChange,
  Forgotten,
  Suppression,
  Import,
  ImportFile,
  ImportChunk,
  ImportRejection,
  MappingRow,
  Capture,
  CaptureChunk,
  Comparison,
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
  MailFolder,
  MailEar,
  SentCopy,
];
