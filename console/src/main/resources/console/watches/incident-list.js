/** Incidents for review, with one selected. Immutable. */
export class IncidentList {
  /**
   * @param {Incident[]} incidents newest first
   * @param {string} [selected] id
   */
  constructor(incidents, selected = '') {
    this.incidents = incidents;
    this.selected = incidents.some(({ id }) => id === selected) ? selected : (incidents[0]?.id ?? '');
  }

  get index() {
    return this.incidents.findIndex(({ id }) => id === this.selected);
  }

  get current() {
    return this.incidents[this.index];
  }

  /** @param {number} by @returns {IncidentList} with the selection moved, not past the ends */
  moved(by) {
    const to = Math.max(0, Math.min(this.incidents.length - 1, this.index + by));
    return new IncidentList(this.incidents, this.incidents[to]?.id);
  }

  /** @param {string} id */
  at(id) {
    return new IncidentList(this.incidents, id);
  }

  /** @param {Incident} incident replaces the one before */
  with(incident) {
    return new IncidentList(
      this.incidents.map((one) => (one.id === incident.id ? incident : one)),
      this.selected,
    );
  }

  /**
   * Where the selected incident is gone, the one after it becomes selected.
   *
   * @param {Incident[]} incidents the newly loaded ones
   */
  loaded(incidents) {
    if (incidents.some(({ id }) => id === this.selected)) {
      return new IncidentList(incidents, this.selected);
    }
    const next = this.incidents.slice(this.index).find(({ id }) => incidents.some((one) => one.id === id));
    return new IncidentList(incidents, next?.id);
  }
}
