import { css } from '../lib/lit/index.js';

export const incidentsStyles = css`
  .choices {
    display: flex;
    padding: 2px;
    border-radius: 7px;
    background: var(--sunk);
  }
  .choices button {
    min-height: 26px;
    padding: 0 10px;
    border-color: transparent;
    background: none;
    color: var(--soft);
    font-size: 12px;
  }
  .choices button[aria-pressed='true'] {
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  .review {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(300px, 420px);
    gap: 16px;
    align-items: start;
    margin-top: 8px;
  }
  .panel.nothing {
    margin-top: 8px;
  }
  ul {
    overflow: hidden;
    border-radius: var(--radius);
  }
  .incident {
    display: grid;
    grid-template-columns: 112px minmax(0, 1fr) auto;
    gap: 14px;
    align-items: center;
    padding: 10px 14px 10px 10px;
    border-left: 3px solid transparent;
    text-decoration: none;
  }
  .incident:hover {
    background: var(--hover);
  }
  .selected .incident {
    border-left-color: var(--now-fill);
    background: var(--now-wash);
  }
  .incident:focus-visible {
    outline-offset: -2px;
  }
  .picture {
    aspect-ratio: 16 / 9;
    border-radius: var(--radius-small);
  }
  .about {
    display: grid;
    gap: 1px;
    min-width: 0;
  }
  .about span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
  }
  .where,
  .facts,
  .by {
    color: var(--soft);
    font-size: 12px;
  }
  .where {
    font-size: 13px;
  }
  .by {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 140px;
    overflow: hidden;
    white-space: nowrap;
  }
  .more {
    width: 100%;
    color: var(--soft);
  }
  aside {
    position: sticky;
    top: 60px;
    overflow: hidden;
  }
  video,
  .peak {
    display: block;
    width: 100%;
    aspect-ratio: 16 / 9;
    background: #0b0b0a;
    object-fit: contain;
  }
  .words {
    display: grid;
    gap: 12px;
    padding: 14px 16px 16px;
  }
  .words h2 {
    font-size: 16px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(104px, max-content) minmax(0, 1fr);
    gap: 4px 12px;
    margin: 0;
    font-size: 13px;
  }
  dt {
    color: var(--soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  dd q {
    display: block;
    color: var(--soft);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .go {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--raised);
    font-size: 13px;
    font-weight: 500;
    text-decoration: none;
  }
  .go:hover {
    background: var(--hover);
  }
  .acts kbd {
    min-width: 18px;
    padding: 1px 4px;
    border-color: color-mix(in srgb, currentColor 35%, transparent);
    background: none;
    color: inherit;
  }
  .hint {
    color: var(--soft);
    font-size: 12px;
  }
  @media (max-width: 900px) {
    .review {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      position: static;
      order: -1;
    }
    .acts kbd,
    .hint {
      display: none;
    }
  }
  @media (max-width: 480px) {
    .incident {
      grid-template-columns: 88px minmax(0, 1fr) auto;
      gap: 10px;
    }
  }
`;
