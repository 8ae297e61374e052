const HOUR = 3600;
const MIN_SECONDS = 10;

/**
 * A part of live video's time that the user chose.
 *
 * @typedef {{from: number, length: number}} View in seconds; an infinite `length` is everything from there on
 */

/**
 * The seconds that a timeline shows: all of a file; of live video the last hour, which moves
 * with the time, unless the user chose a view.
 */
export class TimeWindow {
  #earliest;
  #end;

  /**
   * @param {boolean} live
   * @param {number} earliest where the oldest run begins: 0, or less for live video with several runs
   * @param {number} end how long the video is until now
   * @param {View | undefined} view
   */
  constructor(live, earliest, end, view) {
    this.#earliest = earliest;
    this.#end = end;
    if (!live) {
      this.from = 0;
      this.to = end || 1;
    } else if (view) {
      this.from = view.from;
      this.to = Math.min(view.from + view.length, end);
    } else {
      this.from = Math.max(earliest, end - HOUR);
      this.to = Math.max(end, 1);
    }
  }

  get length() {
    return this.to - this.from;
  }

  /** @param {number} from seconds, moved into the video */
  startingAt(from) {
    return this.#view(from, this.length);
  }

  /**
   * @param {number} seconds that stay at their place
   * @param {number} by factor of the length
   */
  zoomed(seconds, by) {
    const most = Math.max(this.#end - this.#earliest, MIN_SECONDS);
    const length = Math.min(Math.max(MIN_SECONDS, this.length * by), most);
    return this.#view(seconds - ((seconds - this.from) / this.length) * length, length);
  }

  /**
   * @param {number} from
   * @param {number} length
   * @returns {View | undefined} undefined where it is the last hour
   */
  #view(from, length) {
    const whole = this.#end - this.#earliest;
    const most = Math.max(this.#earliest, this.#end - length);
    const start = Math.min(most, Math.max(this.#earliest, from));
    if (start >= most - 0.5 && Math.abs(length - Math.min(HOUR, whole)) < 0.5) {
      return undefined;
    }
    return { from: start, length: length >= whole - 0.5 ? Infinity : length };
  }
}
