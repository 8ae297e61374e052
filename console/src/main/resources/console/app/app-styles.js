import { css } from '../lib/lit/index.js';

export const appStyles = css`
  :host {
    display: grid;
    grid-template: minmax(52px, auto) minmax(0, 1fr) / 308px minmax(0, 1fr);
    height: 100dvh;
  }
  fw-bar {
    grid-column: 1 / -1;
  }
  .skip {
    position: fixed;
    top: 8px;
    left: 8px;
    z-index: 30;
    transform: translateY(-60px);
  }
  .skip:focus {
    transform: none;
  }
  main:focus {
    outline: none;
  }
  main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  main > .open-banner + .notice {
    margin-top: 12px;
  }
  main > .notice {
    flex: none;
    max-width: 1180px;
    margin: 0 20px 12px;
    animation: reported 1s ease-out;
  }
  @keyframes reported {
    from {
      background: color-mix(in srgb, var(--bad) 30%, var(--bad-wash));
    }
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
    fw-sessions-list {
      position: fixed;
      inset: 0 auto 0 0;
      z-index: 10;
      width: min(340px, 88vw);
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
    main > .notice {
      margin: 0 12px 12px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    fw-sessions-list {
      transition: none;
    }
    main > .notice {
      animation: none;
    }
  }
`;
