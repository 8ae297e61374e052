import { css } from '../lib/lit/index.js';

export const workspaceStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) clamp(340px, 30vw, 460px);
    min-height: 0;
    height: 100%;
  }
  @media (min-width: 1100px) {
    /* A column a question. */
    :host([many]) {
      grid-template-columns: minmax(0, 1fr) clamp(340px, 44vw, 900px);
    }
  }
  .main {
    position: relative; /* what is hidden in it must not make the page longer */
    min-height: 0;
    padding: 0 20px 32px;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  .main > * {
    max-width: 1180px;
    margin-inline: auto;
  }
  .stage {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    box-shadow: var(--shadow);
  }
  .notice {
    margin-top: 12px;
  }
  .ask {
    padding-top: 20px;
  }
  .results {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--paper);
  }
  fw-results-head {
    container-type: inline-size;
  }
  fw-results-list {
    flex: 1;
  }
  .empty {
    padding: 48px 40px;
    color: var(--soft);
    font-size: 13px;
    text-align: center;
  }
  .empty h3 {
    margin-bottom: 4px;
    color: var(--ink);
    font-size: 14px;
    font-weight: 600;
  }
  .empty p {
    text-wrap: balance;
  }
  @media (max-width: 800px) {
    :host {
      position: relative; /* what is hidden in it must not make the page longer */
      display: block;
      overflow: hidden auto;
    }
    .main {
      display: contents;
    }
    .ask {
      padding-bottom: 16px;
    }
    .stage {
      border-width: 0 0 1px;
      border-radius: 0;
    }
    .ask,
    .notice {
      margin-inline: 16px;
    }
    .results {
      border-width: 1px 0 0;
      border-style: solid;
      border-color: var(--line);
    }
  }
`;
