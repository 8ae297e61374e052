package framewise.vision.builtin.prompt;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place that a camera watches: whether it is empty, and mentions of it that ask nothing. */
final class Surroundings {
  private static final String AREA =
      "(room|house|home|office|kitchen|hall|hallway|corridor|building|area|place|lobby|shop|store"
          + "|warehouse|factory|garden|yard|backyard|front yard|porch|lab|gym|classroom|restaurant"
          + "|living room|bedroom|waiting room|meeting room|conference room|zone"
          + "|raum|zimmer|haus|büro|küche|flur|halle|gebäude|bereich|laden|geschäft|lager|garten|hof"
          + "|wohnzimmer|schlafzimmer|wartezimmer"
          + "|pièce|salle|chambre|maison|bureau|cuisine|couloir|hall|bâtiment|zone|magasin|entrepôt"
          + "|jardin|cour|salon"
          + "|habitación|sala|cuarto|casa|oficina|cocina|pasillo|edificio|zona|tienda|almacén|jardín"
          + "|patio)";

  private static final String PARKING =
      "(parking lot|parking area|parking garage|car park|carpark|garage|driveway"
          + "|parkplatz|einfahrt|parkhaus|aparcamiento|estacionamiento|garaje)";

  /** Questions whether a place for people is empty: the answer is who is there. */
  static final Pattern EMPTY_OF_PEOPLE =
      any(
          "(AREA|queue|street|road|pavement|sidewalk|platform|bench|pool|beach) (is |are )?"
              + "(empty|occupied|deserted|crowded|busy|unoccupied)",
          "(nobody|no one|noone|no body)( else)?",
          "(AREA|warteschlange|straße|bahnsteig) (leer|besetzt|belegt|voll|überfüllt)",
          "(AREA|rue|quai) (est elle |est il |est )?(vides?|occupée?s?|déserte?s?|pleine?s?)",
          "(AREA|calle|cola) (está )?(vací[oa]s?|ocupad[oa]s?|llen[oa]s?|desiert[oa]s?)",
          "(está |están )(vací[oa]s?|ocupad[oa]s?|llen[oa]s?) (el |la )?(AREA|calle|cola)",
          "nadie");

  /** The same of places for vehicles. */
  static final Pattern EMPTY_OF_VEHICLES =
      any(
          "(PARKING|parking|parking space|parking spot|loading (dock|bay|zone)) (is |are )?"
              + "(empty|free|vacant|occupied|full|blocked|available)",
          "(PARKING|stellplatz|laderampe) (leer|frei|belegt|voll|blockiert|besetzt)",
          "(PARKING|parking) (est il |est )?(vide|libre|plein|complet|occupé)",
          "(PARKING) (está )?(vacío|libre|lleno|ocupado)");

  /**
   * What a camera shows as a whole: "in the room" says nothing about where in the picture. Also the
   * owners of what is counted: "how many wheels does the car have".
   */
  static final Pattern MENTIONED =
      any(
          "(in|inside|at|on|outside|around|within|from|of) (the |this |that |my |our |your |a |an )?"
              + "(AREA|PARKING)",
          "(im|in|am|auf|vor|aus) (der |dem |die |das |den |meinem |meiner |unserem |unserer )?"
              + "(AREA|PARKING)",
          "(dans|sur|à|au|en) (le |la |l |les |mon |ma |notre |ce |cette )?(AREA|PARKING)",
          "(en|dentro de|por) (el |la |los |las |mi |este |esta )?(AREA|PARKING)",
          "(does|do|did) (the|this|that|these|those|each|every|a) \\p{L}+( \\p{L}+)?"
              + " (have|has|carry|carries|wear|wears|hold|holds)",
          "(at|zu|à la|en) (home|hause|maison|casa)",
          "home",
          "inside",
          "outside",
          "indoors",
          "outdoors",
          "draußen|drinnen|dehors|dedans|afuera|adentro|fuera|dentro");

  /** Words that no count decides: that somebody else is there, that a place is full or has room. */
  private static final Pattern UNDECIDED =
      Phrases.any(
          "else",
          "crowded|full|busy|überfüllt|voll|pleine?s?|complet|llen[oa]s?",
          "(?<= (lot|area|garage|park|carpark|parkplatz|parkhaus|parking|aparcamiento) ((is|est|est"
              + " il|está) )?)(free|available|vacant|frei|libre)");

  private static final Pattern OCCUPIED =
      Phrases.any("occupied|blocked|besetzt|belegt|blockiert|occupée?s?|ocupad[oa]s?");

  private Surroundings() {}

  /** Whether a place is empty or occupied, as a question puts it. */
  static Optional<String> state(PromptWords words) {
    return words
        .first(EMPTY_OF_PEOPLE)
        .or(() -> words.first(EMPTY_OF_VEHICLES))
        .map(phrase -> " " + phrase + " ");
  }

  /** The word of a {@linkplain #state state} that no count decides. */
  static Optional<String> undecided(String state) {
    Matcher word = UNDECIDED.matcher(state);
    return word.find() ? Optional.of(word.group()) : Optional.empty();
  }

  /** The claim of any other state: nothing is there, or something is. */
  static Claim claim(String state) {
    return OCCUPIED.matcher(state).find() ? Claim.SOME : Claim.NONE;
  }

  /** As {@link Phrases#any}; {@code AREA} and {@code PARKING} stand for every such place. */
  private static Pattern any(String... phrases) {
    return Phrases.any(
        Arrays.stream(phrases)
            .map(phrase -> phrase.replace("AREA", AREA).replace("PARKING", PARKING))
            .toArray(String[]::new));
  }
}
