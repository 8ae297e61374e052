import { css } from '../lib/lit/index.js';

/** A state in words behind a dot: `on`, `wait`, or `open` for what needs attention. */
export const stateStyles = css`
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .state::before {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--line-strong);
    content: '';
  }
  .state.on::before {
    background: var(--good);
  }
  .state.wait::before {
    background: var(--now);
  }
  .state.open {
    color: var(--bad);
    font-weight: 500;
  }
  .state.open::before {
    background: var(--bad);
  }
`;
