import { css } from '../lib/lit/index.js';

/** A bar that shows how much of something is used: a span of that width in `.meter`, `high` where little is left. */
export const meterStyles = css`
  .meter {
    height: 4px;
    overflow: hidden;
    border-radius: 2px;
    background: var(--line);
  }
  .meter span {
    display: block;
    height: 100%;
    background: var(--line-strong);
  }
  .meter.high span {
    background: var(--bad);
  }
`;
