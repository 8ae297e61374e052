// The service's answers and events, as its API contract (openapi.yaml) has them.

type SessionStatus = 'uploaded' | 'waiting' | 'streaming' | 'stopped' | 'finished' | 'failed';
type Pace = 'realtime' | 'fast';

interface Video {
  duration_seconds?: number | null;
  width: number;
  height: number;
  fps?: number | null;
  codec: string;
  container: string;
}

interface Processing {
  fps: number;
  sampling_ratio: number;
  clip_length_seconds: number;
  delay_seconds: number;
  frames_per_clip?: number;
}

interface NamedPrompt {
  name: string;
  prompt: string;
  system?: string;
  backend?: string;
  model?: string;
  output_schema?: object;
  max_output_tokens?: number;
  reasoning?: 'off' | 'low' | 'medium' | 'high';
  language?: string;
}

interface SessionSettings {
  /** Missing while pictures are kept and no question is asked. */
  prompt?: string;
  system?: string;
  backend: string;
  model?: string | null;
  skip_unchanged?: number;
  refresh_seconds?: number;
  fallback?: string[];
  budget?: number;
  prompts?: NamedPrompt[];
  output_schema?: object;
  max_output_tokens?: number;
  reasoning?: 'off' | 'low' | 'medium' | 'high';
  language?: string;
  pace: Pace;
  loop: boolean;
  processing: Processing;
}

interface Source {
  type: 'upload' | 'webrtc' | 'whip' | 'webcam' | 'screen' | 'livekit' | 'url';
  url?: string;
  /** Like the fields below, present for live video while it runs; missing in an older service. */
  connected?: boolean;
  trouble?: string;
  last_picture_at?: string;
}

interface Session {
  session_id: string;
  source: Source;
  filename: string;
  /** Display name in lists; missing in an older service. */
  name?: string;
  /** Its newest result, shortened. */
  newest?: { text: string; ok: boolean };
  status: SessionStatus;
  reason?: string | null;
  file_size: number;
  video?: Video | null;
  created_at?: string;
  /** When it was opened from a bundle. */
  imported_at?: string;
  settings?: SessionSettings | null;
  /** Kept pictures of live video; missing for files, and where none are kept. */
  kept?: { frames: number; oldest_at?: string };
  counters?: { results: number; failed: number; dropped: number; unchanged?: number };
  spent?: Spent;
  /** Missing in an older service. */
  forecast?: Forecast;
  last_seq?: number;
  /** The node that works on it, where several do. */
  node?: { id: string; address: string };
  /** Whether you may start, change, stop, share and delete it; missing in an older service. */
  may_change?: boolean;
}

interface Spent {
  usd: number;
  input_tokens: number;
  output_tokens: number;
  unpriced: number;
}

interface ChangeRequest {
  prompt?: string;
  prompts?: NamedPrompt[];
  system?: string | null;
  backend?: string;
  model?: string | null;
  output_schema?: object | null;
  max_output_tokens?: number | null;
  reasoning?: 'off' | 'low' | 'medium' | 'high' | null;
  language?: string | null;
  fps?: number;
  sampling_ratio?: number;
  clip_length_seconds?: number;
  delay_seconds?: number;
  skip_unchanged?: boolean | number;
  refresh_seconds?: number;
  fallback?: string[];
  budget?: number | null;
}

interface StartRequest extends ChangeRequest {
  pace: Pace;
  loop: boolean;
}

interface Forecast {
  usd_per_hour: number | null;
  text: string;
  questions_per_hour: number;
}

interface Usage {
  day: string;
  spent: Spent;
  daily_budget: number | null;
  prices_dated: string;
}

interface EvidenceFrame {
  time_seconds: number;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  href: string;
}

interface Evidence {
  session_id: string;
  seq: number;
  backend: string;
  frames: EvidenceFrame[];
  request: object;
  further_requests?: object[];
}

interface PhoneAccess {
  secure: boolean;
  advice: string;
  urls: string[];
  certificate?: { self_signed: boolean; sha256: string; expires_at: string };
}

interface BackendState {
  name: string;
  ready: boolean;
  reason?: string | null;
  models?: string[];
  capabilities?: string[];
  breaker?: { state: 'closed' | 'open' | 'half_open'; failures: number; code?: string; until?: string };
  recent?: { at: string; latency_ms: number; ok: boolean }[];
}

interface Numbered {
  seq: number;
  session_id: string;
  run?: number;
  at: string;
}

interface Clip {
  index?: number;
  start_seconds: number;
  end_seconds: number;
  frames: number;
  /** Wall-clock time of its start, in look-backs on live video. */
  start_at?: string;
}

interface StatusEvent extends Numbered {
  type: 'status';
  status: SessionStatus;
  detail?: string | null;
}

interface ResultEvent extends Numbered {
  type: 'result';
  id: string;
  /** True where it belongs to a look-back. */
  lookback?: boolean;
  name?: string;
  prompt: string;
  backend: string;
  model?: string | null;
  mode: 'clip' | 'frame';
  result: string;
  ok: boolean;
  /** Boxes are left, top, width and height, as shares of the picture. */
  objects?: { label: string; score: number; box: [number, number, number, number] }[];
  texts?: { text: string; score: number; box: [number, number, number, number] }[];
  error?: { code: string; message: string; raw?: string } | null;
  finish_reason?: string | null;
  clip: Clip;
  inference_latency_ms: number;
  total_latency_ms: number;
  timings?: Record<string, number>;
  /** How long storing and sending it took; only where it arrived while the page was open. */
  delivery?: { store_ms: number; deliver_ms: number };
  usage?: { input_tokens: number; output_tokens: number };
  cost_usd?: number;
  cost_estimated?: boolean;
}

/** A question about a span of the past. */
interface Lookback {
  run: number;
  status: 'running' | 'finished' | 'cancelled' | 'interrupted' | 'failed';
  start_seconds: number;
  end_seconds: number;
  /** Wall-clock times, for live video. */
  start_at?: string;
  end_at?: string;
  clips: number;
  answered: number;
  failed: number;
  unchanged: number;
  detail?: string;
  created_at: string;
  settings: SessionSettings;
}

interface LookbackRequest {
  prompt: string;
  backend?: string;
  model?: string;
  delay_seconds?: number;
  start_seconds?: number;
  end_seconds?: number;
  start_at?: string;
  end_at?: string;
}

interface LookbackEvent extends Numbered {
  type: 'lookback';
  lookback: Lookback;
}

/** Another node took over the session. */
interface ResumedOnEvent extends Numbered {
  type: 'resumed_on';
  node: string;
  gap_seconds: number;
}

/** A node of several that work on one database. */
interface ServiceNode {
  id: string;
  address: string;
  url: string;
  version: string;
  started_at: string;
  alive: boolean;
  lease_seconds: number;
  sessions: number;
  streaming: number;
  room: number;
  free: number;
  busy: boolean;
  draining: boolean;
  self: boolean;
}

interface ServiceNodes {
  clustered: boolean;
  nodes: ServiceNode[];
}

interface PromptEvent extends Numbered {
  type: 'prompt_updated';
  name?: string;
  prompt: string;
}

interface SettingsEvent extends Numbered {
  type: 'settings_updated';
  changed: string[];
  settings: SessionSettings;
}

interface UnchangedEvent extends Numbered {
  type: 'unchanged';
  name?: string;
  since_seq: number;
  skipped: number;
  /** Missing in events of former versions. */
  until_seconds?: number;
}

/** An answer that is being written: it has no number and is not kept. */
interface PartialEvent {
  type: 'partial';
  session_id: string;
  id: string;
  name?: string;
  clip: Clip;
  result: string;
}

/** How long a new result took to be stored and sent to this client: it has no number and is not kept. */
interface DeliveredEvent {
  type: 'delivered';
  session_id: string;
  result_seq: number;
  store_ms: number;
  deliver_ms: number;
}

interface EndEvent extends Numbered {
  type: 'end';
  status: SessionStatus;
  reason?: string | null;
}

type SessionEvent =
  | StatusEvent
  | ResultEvent
  | PromptEvent
  | SettingsEvent
  | UnchangedEvent
  | IncidentEvent
  | LookbackEvent
  | ResumedOnEvent
  | EndEvent;

interface ResultsPage {
  results: SessionEvent[];
  last_seq: number;
  more: boolean;
}

interface SearchPage {
  q: string;
  hits: number;
  total: number;
  sessions: {
    session_id: string;
    name: string;
    source: { type: Source['type'] };
    status: SessionStatus;
    created_at: string;
    hits: number;
    /** Consecutive equal answers are one entry. */
    results: {
      seq: number;
      last_seq: number;
      answers: number;
      run: number;
      start_seconds: number;
      end_seconds: number;
      at: string;
      last_at: string;
      ok: boolean;
      backend: string;
      name?: string;
      snippet: string;
      marks: [number, number][];
    }[];
  }[];
}

interface FieldsCondition {
  expression: string;
  prompt?: string;
}

interface WordsCondition {
  words: string;
  /** Seconds. */
  every?: number;
  backend?: string;
  model?: string;
  self_paced?: { min: number; max: number };
}

interface QuietHours {
  from: string;
  to: string;
  zone: string;
  days?: string[];
}

/** Durations are seconds. */
interface WatchRequest {
  name?: string;
  /** Missing or null for all. */
  sessions?: string[] | null;
  when?: FieldsCondition | WordsCondition;
  open?: { yes: number; of: number };
  close?: { no_in_a_row: number };
  cooldown?: number;
  min_length?: number;
  max_length?: number;
  merge_gap?: number;
  quiet_hours?: QuietHours | null;
  max_triggers?: number | null;
  until?: string | null;
  enabled?: boolean;
  /** Ids of endpoints; missing or null for all. */
  deliver_to?: string[] | null;
}

interface Watch {
  id: string;
  name: string;
  /** Missing for all sessions. */
  sessions?: string[];
  when: FieldsCondition | WordsCondition;
  open: { yes: number; of: number };
  close: { no_in_a_row: number };
  cooldown: number;
  min_length: number;
  max_length: number;
  merge_gap: number;
  quiet_hours?: QuietHours;
  max_triggers?: number;
  until?: string;
  enabled: boolean;
  deliver_to?: string[];
  state: 'armed' | 'snoozed' | 'quiet' | 'done' | 'off';
  triggers: number;
  snoozed_until?: string;
  snoozed_by?: string;
  second_opinion?: { backend: string; model?: string };
  /** Whether you may change it. */
  own: boolean;
  created_at: string;
  created_by: string;
}

interface Moment {
  seq: number;
  run: number;
  /** Of the video, or since its first picture. */
  seconds: number;
  at: string;
  seen_at: string;
}

interface Incident {
  id: string;
  watch_id: string;
  watch: string;
  session_id: string;
  state: 'open' | 'ended';
  opened_at: string;
  ended_at?: string;
  end_reason?: 'cleared' | 'max_length' | 'session_ended' | 'watch_ended';
  count: number;
  length_seconds: number;
  first: Moment;
  opened: Moment;
  last: Moment;
  peak: Moment;
  ended?: Moment;
  merged_from?: object[];
  continues?: string;
  acknowledged_by?: string;
  acknowledged_at?: string;
  note?: string;
  /** Whether there is a picture, and a clip; not in events. */
  picture?: boolean;
  clip?: boolean;
  /** Whether you may acknowledge it; not in events. */
  own?: boolean;
  second_opinion?: { verdict: string; reason: string; backend: string; model: string; cost_usd?: number };
}

interface IncidentEvent extends Numbered {
  type: 'incident.opened' | 'incident.updated' | 'incident.ended';
  incident: Incident;
}

interface IncidentsPage {
  incidents: Incident[];
  more: boolean;
}

interface TriedWatch {
  incidents: Incident[];
  total: number;
  answers: number;
  yes: number;
  no: number;
  unknown: number;
  /** Whether all answers were tested. */
  whole: boolean;
}
