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

interface SessionSettings {
  prompt: string;
  backend: string;
  model?: string | null;
  pace: Pace;
  loop: boolean;
  processing: Processing;
}

interface Session {
  session_id: string;
  source: { type: 'upload' | 'webrtc' | 'whip' | 'webcam' | 'screen' | 'url'; url?: string };
  filename: string;
  status: SessionStatus;
  reason?: string | null;
  file_size: number;
  video?: Video | null;
  created_at?: string;
  settings?: SessionSettings | null;
  counters?: { results: number; failed: number; dropped: number };
  last_seq?: number;
}

interface StartRequest {
  prompt: string;
  backend?: string;
  model?: string;
  fps: number;
  sampling_ratio: number;
  clip_length_seconds: number;
  delay_seconds: number;
  pace: Pace;
  loop: boolean;
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
}

interface Numbered {
  seq: number;
  session_id: string;
  at: string;
}

interface StatusEvent extends Numbered {
  type: 'status';
  status: SessionStatus;
  detail?: string | null;
}

interface ResultEvent extends Numbered {
  type: 'result';
  id: string;
  prompt: string;
  backend: string;
  model?: string | null;
  mode: 'clip' | 'frame';
  result: string;
  ok: boolean;
  error?: { code: string; message: string } | null;
  finish_reason?: string | null;
  clip: { start_seconds: number; end_seconds: number; frames: number };
  inference_latency_ms: number;
  total_latency_ms: number;
  timings?: Record<string, number>;
}

interface PromptEvent extends Numbered {
  type: 'prompt_updated';
  prompt: string;
}

interface EndEvent extends Numbered {
  type: 'end';
  status: SessionStatus;
  reason?: string | null;
}

type SessionEvent = StatusEvent | ResultEvent | PromptEvent | EndEvent;

interface ResultsPage {
  results: SessionEvent[];
  last_seq: number;
  more: boolean;
}
