package framewise.engine.delivery.mqtt;

import framewise.engine.endpoint.Endpoint;
import framewise.engine.files.StoredFile;
import framewise.engine.watch.NewestAnswers;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each watch's retained state: the newest answer with its fields, and the picture of the
 * last incident, which is saved some time after the incident opens. Used by one thread.
 */
final class WatchStates {
  /** Maximum length of a state in Home Assistant. */
  private static final int MAX_STATE_LENGTH = 255;

  /** Home Assistant shows this value as unknown. */
  private static final String UNKNOWN = "None";

  /** Number of checks for a picture after each notice of its incident, one a second. */
  private static final int LOOKS = 60;

  private static final long MAX_PICTURE_BYTES = 8 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(WatchStates.class);

  private final WatchList watches;
  private final AnnouncementStore announced;
  private final Map<String, NewestAnswers.SessionAnswer> answers = new HashMap<>();
  private final Map<String, Map<String, Boolean>> fields = new HashMap<>();
  private final Map<String, Picture> pictures = new HashMap<>();

  WatchStates(WatchList watches, AnnouncementStore announced) {
    this.watches = watches;
    this.announced = announced;
  }

  /**
   * The picture of a watch's last incident.
   *
   * @param looks remaining number of checks
   * @param published the file that the broker has
   */
  private record Picture(String incident, int looks, Optional<StoredFile> published) {}

  /** Announces the known fields of a watch, and restores its last incident. */
  void announce(Endpoint endpoint, Broker broker, HomeAssistant topics, WatchList.WatchEntry watch)
      throws BrokerException {
    Map<String, Boolean> known = announced.fields(endpoint.id(), watch.id());
    fields.put(watch.id(), known);
    for (Map.Entry<String, Boolean> field : known.entrySet()) {
      announce(broker, topics, watch, field.getKey(), field.getValue());
    }
    announced.lastIncident(watch.id()).ifPresent(incident -> incident(watch.id(), incident));
  }

  /** Starts checking for the picture of an incident. */
  void incident(String watch, String incident) {
    Optional<StoredFile> published =
        Optional.ofNullable(pictures.get(watch))
            .filter(one -> one.incident().equals(incident))
            .flatMap(Picture::published);
    pictures.put(watch, new Picture(incident, LOOKS, published));
  }

  /** Publishes what has changed. */
  void refresh(Endpoint endpoint, Broker broker, HomeAssistant topics, WatchList.WatchEntry watch)
      throws BrokerException {
    Optional<NewestAnswers.SessionAnswer> newest = watches.newest(endpoint, watch.id());
    if (newest.filter(one -> !one.equals(answers.get(watch.id()))).isPresent()) {
      publish(endpoint, broker, topics, watch, newest.get());
      answers.put(watch.id(), newest.get());
    }
    Picture picture = pictures.get(watch.id());
    if (picture != null && picture.looks() > 0) {
      // Counted before publishing, so that a broker that refuses the picture does not get it
      // forever.
      pictures.put(
          watch.id(), new Picture(picture.incident(), picture.looks() - 1, picture.published()));
      refresh(endpoint, broker, topics, watch, picture);
    }
  }

  /** Removes the retained messages of a watch's fields from the broker. */
  void withdraw(Endpoint endpoint, Broker broker, HomeAssistant topics, WatchList.WatchEntry watch)
      throws BrokerException {
    for (String field : announced.fields(endpoint.id(), watch.id()).keySet()) {
      Optional<Map.Entry<String, String>> sensor = topics.announcement(watch, field, false);
      if (sensor.isPresent()) {
        broker.publish(sensor.get().getKey(), "", true);
      }
      broker.publish(topics.field(watch.id(), field), "", true);
    }
    answers.remove(watch.id());
    fields.remove(watch.id());
    pictures.remove(watch.id());
  }

  /** Forgets everything, because the connection is gone. */
  void clear() {
    answers.clear();
    fields.clear();
    pictures.clear();
  }

  static String cut(String text) {
    return text.length() <= MAX_STATE_LENGTH ? text : text.substring(0, MAX_STATE_LENGTH - 1) + "…";
  }

  private void publish(
      Endpoint endpoint,
      Broker broker,
      HomeAssistant topics,
      WatchList.WatchEntry watch,
      NewestAnswers.SessionAnswer newest)
      throws BrokerException {
    if (newest.shown().isEmpty()) {
      return; // a failed answer says nothing about the fields
    }
    broker.publish(topics.answer(watch.id()), cut(newest.shown().get()), true);
    Map<String, Boolean> known = fields.computeIfAbsent(watch.id(), id -> new LinkedHashMap<>());
    Map<String, Boolean> now = together(known, newest.fields());
    if (!now.equals(known)) {
      for (Map.Entry<String, Boolean> field : now.entrySet()) {
        if (!field.getValue().equals(known.get(field.getKey()))) {
          announce(broker, topics, watch, field.getKey(), field.getValue());
        }
      }
      announced.setFields(endpoint.id(), watch.id(), now);
      fields.put(watch.id(), now);
    }
    NewestAnswers.SessionAnswer before = answers.get(watch.id());
    for (Map.Entry<String, Boolean> field : now.entrySet()) {
      String value = value(newest, field.getKey(), field.getValue());
      boolean changed =
          before == null || !value.equals(value(before, field.getKey(), field.getValue()));
      if (changed) {
        broker.publish(topics.field(watch.id(), field.getKey()), value, true);
      }
    }
  }

  /** Merges known and new fields; of two with the same topic, the first is kept. */
  private static Map<String, Boolean> together(
      Map<String, Boolean> known, Map<String, NewestAnswers.AnswerField> newest) {
    Map<String, Boolean> all = new LinkedHashMap<>(known);
    newest.forEach(
        (name, field) -> {
          boolean free =
              all.size() < NewestAnswers.MAX_FIELDS
                  && all.keySet().stream()
                      .noneMatch(
                          other -> HomeAssistant.part(other).equals(HomeAssistant.part(name)));
          if (free) {
            all.put(name, field.isNumber());
          }
        });
    return all;
  }

  private static String value(NewestAnswers.SessionAnswer newest, String name, boolean isNumber) {
    return Optional.ofNullable(newest.fields().get(name))
        .filter(field -> field.isNumber() || !isNumber)
        .map(field -> cut(field.text()))
        .filter(text -> !text.isEmpty())
        .orElse(UNKNOWN);
  }

  private static void announce(
      Broker broker,
      HomeAssistant topics,
      WatchList.WatchEntry watch,
      String field,
      boolean isNumber)
      throws BrokerException {
    Optional<Map.Entry<String, String>> sensor = topics.announcement(watch, field, isNumber);
    if (sensor.isPresent()) {
      broker.publish(sensor.get().getKey(), sensor.get().getValue(), true);
    }
  }

  private void refresh(
      Endpoint endpoint,
      Broker broker,
      HomeAssistant topics,
      WatchList.WatchEntry watch,
      Picture picture)
      throws BrokerException {
    Optional<StoredFile> file = watches.picture(endpoint, picture.incident());
    if (file.isEmpty() || file.equals(picture.published())) {
      return;
    }
    try {
      byte[] jpeg = file.get().bytes();
      if (jpeg.length <= MAX_PICTURE_BYTES) {
        broker.publish(topics.picture(watch.id()), jpeg, true);
      }
      pictures.put(watch.id(), new Picture(picture.incident(), picture.looks() - 1, file));
    } catch (IOException replacedMeanwhile) {
      LOG.debug("the picture of incident {} will be read later", picture.incident());
    }
  }
}
