import { css } from '../lib/lit/index.js';

export const askPastStyles = css`
  :host {
    display: block;
    padding: 0 12px 8px;
    font-size: 13px;
  }
  .begin {
    min-height: 28px;
    padding: 0 8px;
    color: var(--soft);
    font-size: 12px;
  }
  form {
    display: grid;
    gap: 10px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
  }
  .hint {
    color: var(--soft);
    font-size: 12px;
  }
  .times,
  .buttons,
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .times input {
    width: 8em;
    margin-left: 6px;
  }
  .times input.short {
    width: 4em;
    margin-right: 4px;
  }
  .question {
    display: grid;
    gap: 4px;
  }
  .question input {
    width: 100%;
  }
  .progress {
    margin-bottom: 6px;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .progress p {
    display: flex;
    flex-wrap: wrap;
    flex: 1 1 auto;
    gap: 2px 10px;
    min-width: 0;
  }
  .progress strong {
    font-weight: 600;
  }
  .progress .asked {
    overflow: hidden;
    max-width: 40ch;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .progress .numeric {
    color: var(--soft);
  }
  .progress .detail {
    flex-basis: 100%;
    color: var(--soft);
  }
  progress {
    width: 120px;
    accent-color: var(--now);
  }
`;
