import { css } from '../lib/lit/index.js';

export const searchStyles = css`
  dialog {
    width: min(760px, calc(100vw - 32px));
    max-height: min(720px, calc(100dvh - 96px));
    margin-top: 72px;
    padding: 0;
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  .field {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 10px 6px 18px;
    border-bottom: 1px solid var(--line);
    color: var(--soft);
  }
  .field input {
    flex: 1;
    min-height: 44px;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
    font-size: 17px;
  }
  .field input::-webkit-search-cancel-button {
    display: none;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 8px 14px;
    border-bottom: 1px solid var(--line);
  }
  .filters button,
  .filters select {
    width: auto;
    min-height: 28px;
    padding: 2px 8px;
    border-color: var(--line);
    border-radius: 14px;
    background: none;
    color: var(--soft);
    font: 500 12px/1.2 var(--sans);
  }
  .filters [aria-pressed='true'],
  .filters select.on {
    border-color: var(--line-strong);
    background: var(--hover);
    color: var(--ink);
  }
  .sum {
    margin-left: auto;
    padding-left: 8px;
    color: var(--soft);
    font-size: 12px;
  }
  .found {
    flex: 1;
    min-height: 120px;
    padding: 4px 8px 12px;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  .group {
    padding-top: 8px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 4px 10px;
    font-size: 13px;
  }
  .head strong {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head .numeric,
  .more {
    flex: none;
    color: var(--soft);
    font-size: 12px;
  }
  .more {
    padding: 2px 10px 2px 76px;
  }
  .picture {
    width: 56px;
    height: 34px;
    border-radius: 4px;
  }
  .hit {
    display: grid;
    grid-template-columns: 56px 84px minmax(0, 1fr) auto;
    align-items: center;
    gap: 10px;
    padding: 6px 10px;
    border-radius: var(--radius-small);
    font-size: 14px;
    text-decoration: none;
  }
  .hit[aria-selected='true'] {
    background: var(--hover);
  }
  .time {
    color: var(--soft);
    font-size: 13px;
  }
  .said {
    overflow-wrap: anywhere;
  }
  .bad .said {
    color: var(--bad);
  }
  mark {
    border-radius: 2px;
    background: var(--now-wash);
    color: var(--now);
    font-weight: 600;
  }
  .facts {
    color: var(--soft);
    font-size: 12px;
    white-space: nowrap;
  }
  .none {
    padding: 28px 24px;
    color: var(--soft);
    font-size: 13px;
    text-align: center;
  }
  @media (max-width: 600px) {
    dialog {
      width: 100vw;
      max-width: none;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    .hit {
      grid-template-columns: 56px 76px minmax(0, 1fr);
    }
    .hit .picture {
      grid-row: 1 / span 2;
    }
    .facts {
      grid-column: 2 / -1;
    }
    .facts:empty {
      display: none;
    }
  }
`;
