import { css } from '../lib/lit/index.js';

export const appStyles = css`
  :host {
    display: grid;
    grid-template: 52px minmax(0, 1fr) / 268px minmax(0, 1fr);
    height: 100dvh;
  }
  header {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 0 12px 0 20px;
  }
  .drawer {
    display: none;
  }
  .mark {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 248px;
    flex: none;
    border-radius: var(--radius-small);
    font-size: 15px;
    font-weight: 600;
    letter-spacing: -0.01em;
    text-decoration: none;
  }
  .mark img {
    display: block;
  }
  .title {
    display: flex;
    flex: 1;
    align-items: baseline;
    gap: 12px;
    min-width: 0;
    padding-left: 20px;
  }
  .title h1 {
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title span {
    overflow: hidden;
    flex: 1000 1 0;
    color: var(--soft);
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  fw-connection-state {
    margin: 0 10px;
  }
  main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  main > .notice {
    flex: none;
    max-width: 1180px;
    margin: 0 20px 12px;
  }
  .content {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .shade {
    position: fixed;
    inset: 0;
    z-index: 9;
    background: light-dark(rgb(40 36 28 / 35%), rgb(0 0 0 / 60%));
  }
  .drop {
    position: fixed;
    inset: 12px;
    z-index: 20;
    display: grid;
    place-items: center;
    border: 2px dashed var(--now-fill);
    border-radius: 12px;
    background: color-mix(in srgb, var(--ground) 88%, transparent);
    pointer-events: none;
  }
  .drop p {
    font-size: 20px;
    font-weight: 600;
  }
  @media (max-width: 1100px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    header {
      padding: 0 8px;
    }
    .drawer {
      display: inline-flex;
    }
    .mark {
      width: auto;
      margin-left: 4px;
    }
    fw-sessions-list {
      position: fixed;
      inset: 0 auto 0 0;
      z-index: 10;
      width: min(320px, 86vw);
      visibility: hidden;
      background: var(--ground);
      box-shadow: var(--shadow-high);
      transform: translateX(-105%);
      transition: transform 0.18s ease-out, visibility 0.18s;
    }
    fw-sessions-list.open {
      visibility: visible;
      transform: none;
    }
  }
  @media (max-width: 800px) {
    .title {
      padding-left: 8px;
    }
    .title span,
    .keys {
      display: none;
    }
    .title h1 {
      font-size: 13px;
    }
    .mark span {
      display: none;
    }
    fw-connection-state {
      margin: 0 2px;
    }
    main > .notice {
      margin: 0 12px 12px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    fw-sessions-list {
      transition: none;
    }
  }
`;
