package framewise.vision.builtin.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The phrases that determine a request, and the words that mean nothing. */
final class Phrases {
  private static final String NUMBER =
      "(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|ein|eine|einen|zwei|drei|vier|fünf"
          + "|sechs|sieben|acht|neun|zehn|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|uno|una"
          + "|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)";

  /** How to answer; ignored, because answers are short anyway. */
  static final Pattern MANNER =
      any(
          "(in|with|using) (a |just a |only a |very )?(few|one|two|three|five|ten|short|\\d+)"
              + " words?( or (less|fewer))?",
          "in (a|one|two|three|\\d+) (short |single |brief )?(sentences?|lines?|paragraphs?)",
          "word (for|by) word",
          "in (wenigen|kurzen) worten",
          "en (quelques|peu de) mots",
          "en pocas palabras",
          "in (english|json|plain text|plain english)",
          "(as|to|return|output) (json|plain text)");

  /** Requests for a yes or no. */
  static final Pattern YES_OR_NO =
      any(
          "(answer |reply |respond |say )?(with |by |in )?(only |just )?(a )?yes or (a )?no( only)?",
          "yes no( question)?",
          "(antworte |nur )*(mit )?ja oder nein",
          "(réponds |répondez )?(par )?oui ou non",
          "(responde |contesta )?(con )?sí o no");

  static final Pattern FIND =
      any(
          "how many",
          "counts?",
          "counting",
          "(the )?(total )?number of",
          "(is|are) there",
          "(is|are) any",
          "detect(s|ed|ing|ions?)?",
          "find",
          "locate",
          "spot",
          "look(ing)? for",
          "do you see",
          "can you see( any)?",
          "can you spot",
          "any",
          "present",
          "presence( of)?",
          "appears?",
          "list",
          "identify",
          "recogni[sz]e",
          "name all",
          "which(?! colou?rs? )",
          "what(?= (kinds? of |types? of |other )?(objects?|things?|items?) )",
          "wie ?viele?",
          "zähle?",
          "anzahl( der)?",
          "gibt es",
          "combien( de| d)?",
          "compte[rz]?",
          "y a t il( des| une?)?",
          "cu[aá]nt[oa]s",
          "cuenta",
          "contar",
          "hay",
          "(ist|sind|is) (da|dort|hier)( (irgend)?(ein|eine|einen|jemand))?",
          "(siehst|seht|sehen) (du|ihr|sie)",
          "erkenne",
          "finde",
          "est ce qu il y a( un| une| des)?",
          "il y a( un| une| des| t il)?",
          "vois tu|voyez vous|tu vois",
          "compter",
          "nombre d?e?",
          "cuenta(n)?",
          "número de",
          "(ves|puedes ver|se ven?)");

  /** Phrases followed by a thing, known or not. */
  static final Pattern NAMES_A_THING =
      any(
          "how many",
          "count",
          "number of",
          "(is|are) there( an?| any)?",
          "detect",
          "find",
          "locate",
          "wie ?viele?",
          "zähle?",
          "gibt es",
          "combien( de| d)?",
          "compte[rz]?",
          "il y a",
          "y a t il",
          "cu[aá]nt[oa]s",
          "cuenta",
          "hay");

  /** Everything that the detector knows. */
  static final Pattern ANYTHING =
      any("(all |the |every |any )?(objects?|things?|items?|entities)", "everything", "objekte?");

  /** Limits of a number, which {@link Claim} reads; no question of their own. */
  static final Pattern COMPARISON =
      any(
          "(no |not )?(more|fewer|less|greater|other) than ?(NUMBER)?",
          "at (least|most) NUMBER",
          "exactly NUMBER",
          "NUMBER or (more|fewer|less)",
          "(mehr|weniger) als NUMBER",
          "(mindestens|höchstens|genau|exactement) NUMBER",
          "(plus|moins) de NUMBER",
          "au (moins|plus) NUMBER",
          "(más|menos) de NUMBER",
          "(al menos|como mucho|por lo menos|exactamente) NUMBER");

  /** Questions that text in the picture answers, although they do not name it. */
  static final Pattern SHOWN_TEXT =
      any(
          "was (steht|stehen)( (hier|da|dort|geschrieben))?( (auf|an|in|am|im|über|unter))?",
          "(wie spät|wie viel uhr|wieviel uhr)( ist es)?",
          "(what|which) (is the )?time (is it|does|is shown|is displayed)",
          "what time",
          "quelle heure( est il)?",
          "qué hora( es)?",
          "(what|which) (is |are )?(the )?(numbers?|digits|serial number|value|score)"
              + "(?! (of|cars|people))",
          "(display|screen|monitor|board|scoreboard|counter|meter|panel|ticket|receipt)s? "
              + "(says?|shows?|reads?|displays?|indicates?)",
          "qu(e| est ce que?) (dit|indique|affiche)",
          "(qué|que) (dice|pone|indica)");

  /** Postures of people, as far as they can be detected. */
  static final Pattern STANDING =
      any("stand(s|ing)?", "stehen", "steht", "stehend", "debout", "de pie", "parad[oa]s?");

  static final Pattern HAND_RAISED =
      any(
          "(a |the |their |his |her |one )?(hands?|arms?) (is |are )?(being )?(raised|up|in the"
              + " air)",
          "(raises?|raising|lifts?|holds? up|has|have) (a |the |their |his |her )?(raised"
              + " )?(hands?|arms?)( up)?",
          "hand (ge)?hoben",
          "(hebt|heben|meldet|melden) (sich|(jemand )?(die|eine) hand)",
          "(lève|lèvent|levé)e? (la|une) main",
          "main levée",
          "mano (levantada|alzada)",
          "(levanta|levantan) la mano");

  static final Pattern LEFT =
      any(
          "(at|on|to|in) (the|my|your) left( side| half)?",
          "left (side|half)",
          "links",
          "à gauche",
          "(a|en) la izquierda");

  static final Pattern RIGHT =
      any(
          "(at|on|to|in) (the|my|your) right( side| half)?",
          "right (side|half)",
          "rechts",
          "à droite",
          "(a|en) la derecha");

  /** "Or": one of several would do. */
  static final Pattern EITHER = any("or", "oder", "ou", "either");

  private static final Set<String> PREPOSITIONS =
      words(
          "on in at under below above near beside behind inside outside by from into onto front"
              + " between next auf im am unter über neben hinter vor vom aus sur sous dans devant"
              + " derrière sobre bajo junto detrás encima dentro en");

  private static final Set<String> ARTICLES =
      words(
          "the a an this that my your to of der die das dem den einem einer la le les un une una el"
              + " los las l");

  /** Places of text: asked for alone, they mean the text on them. */
  static final Pattern SIGN =
      any(
          "signs?",
          "signage",
          "labels?",
          "posters?",
          "billboards?",
          "banners?",
          "price tags?",
          "schild(er|ern|es|e)?",
          "panneaux?",
          "affiches?",
          "letreros?",
          "carteles|cartel");

  private static final Pattern DESCRIBE =
      any(
          "describe[sd]?",
          "description",
          "overview",
          "summar(y|i[sz]e)",
          "what (do|can|did) you (currently )?see",
          "what you (can |currently )?see",
          "what (is |are )?(happening|going on|visible|shown|seen)",
          "what (is|are) (there|this|here)",
          "what (is |are )?(there )?(in|on|inside) (the|this|that) "
              + "(image|picture|frame|video|scene|photo|clip|view|camera|footage)",
          "what (does|do) (the|this) (image|picture|frame|video|scene|photo|clip) show",
          "what am i looking at",
          "beschreib(e|en)?",
          "was siehst du",
          "was ist zu sehen",
          "décri(s|re|vez)",
          "que vois tu",
          "describ(a|ir)",
          "qué ves",
          "que ves",
          "lo que ves");

  private static final Pattern MOTION =
      any(
          "what( has| have| is)? (changed|changing|different|new|moving)",
          "chang(e|es|ed|ing)",
          "motion",
          "movements?",
          "mov(e|es|ed|ing)",
          "differences?",
          "bewegung(en)?",
          "bewegt",
          "(was hat sich )?(ge|ver)ändert",
          "mouvements?",
          "bouge",
          "(qu est ce qui a )?changé",
          "movimientos?",
          "mueve",
          "cambi[oó]",
          "ha cambiado");

  private static final Pattern COLOURS =
      any(
          "(what |which |the )?(dominant |main )?colou?rs?( (is|are) (it|this|there|dominant))?",
          "farben?",
          "(welche )?farben?( (hat|haben))?",
          "(de )?(quelles? (est|sont) (la|les) )?couleurs?( (est|sont|de|du))?",
          "(de )?(qué |que )?colore?s?( (es|son|tiene|tienen))?");

  private static final Pattern READ =
      any(
          "read",
          "ocr",
          "transcribe",
          "transcription",
          "(any |all |the )*texts?",
          "written",
          "writing",
          "lettering",
          "inscriptions?",
          "captions?",
          "subtitles?",
          "headlines?",
          "(licen[cs]e|number|registration) plates?",
          "what( \\p{L}+){1,5} says?",
          "says",
          "what words( are)?",
          "spell(s|ed)",
          "lies",
          "lesen?",
          "vorlesen",
          "geschrieben",
          "lis",
          "lire",
          "lisez",
          "textes?",
          "écrit",
          "lee",
          "leer",
          "textos?",
          "escrito");

  /** Phrases beyond reading, which the answer mentions even if only reading is requested. */
  private static final Set<String> BEYOND_READING =
      words(
          "who whose why mood feeling emotion brand danger dangerous translate translation"
              + " translated meaning mean means explain opinion think sentiment language summarize"
              + " summarise handwriting author price cheapest sum total correct spelling mistakes");

  /** Articles, pronouns, politeness, the picture itself: without effect. */
  private static final Set<String> FILLERS =
      words(
          "a an the this that these those there here it its is are was be been being am do does did"
              + " has have can could would will shall should may might you your i me my we us our"
              + " please kindly thanks thank just only simply exactly precisely clearly currently"
              + " now right at moment of in on to for with from by and or also plus then as if when"
              + " whether so any some all each every many much more very see seen seeing look"
              + " looking visible shown show shows showing tell give say report return output"
              + " answer reply respond let know what which where image images picture pictures"
              + " photo frame frames video videos clip scene view camera feed footage stream screen"
              + " shot detail details detailed brief briefly short shortly concise concisely quick"
              + " quickly few words word sentence sentences line lines list s t re anything"
              + " something else content contents following nothing not no yes one both total"
              + " overall exact alle der die das den dem ein eine einen im auf und ist sind bitte"
              + " was wie mir du im bild video vor sich hat es les le la l des du de d un une dans"
              + " sur et image vidéo que qui est sont ce il y el los las una en la imagen vídeo y"
              + " qué por favor lo hay se sehen einer eines einem irgendein irgendeine jemand kann"
              + " man können gerade zu diesem dieser dieses sie er zeige nenne im am sehe sieht est"
              + " ce qu y a t nous vous moi montre dis dites combien cette cet ces sont m de del al"
              + " un este esta estos estas dime muestra cuántos cuántas son está están of side"
              + " currently somebody or and und oder ou et o either both same time than alert notify"
              + " warn inform security surveillance liegt liegen da hier dort scène escena quelle"
              + " quel quels quelles cuál foto kein keine keinen"
              + " keiner pas n aucun aucune ningún ningun ninguna");

  private Phrases() {}

  static Pattern of(Skill skill) {
    return switch (skill) {
      case DESCRIBE -> DESCRIBE;
      case FIND -> FIND;
      case MOTION -> MOTION;
      case COLOURS -> COLOURS;
      case READ -> READ;
    };
  }

  /** Whether these words introduce a place. */
  static boolean placeFollows(List<String> before) {
    int at = before.size() - 1;
    while (at >= 0 && ARTICLES.contains(before.get(at))) {
      at--;
    }
    return at >= 0 && at < before.size() - 1 && PREPOSITIONS.contains(before.get(at));
  }

  static boolean matters(String word) {
    return !FILLERS.contains(word);
  }

  static boolean beyondReading(String word) {
    return BEYOND_READING.contains(word);
  }

  /**
   * A pattern for whole words of a line that begins and ends with a space. {@code NUMBER} stands
   * for every small number.
   */
  static Pattern any(String... phrases) {
    return Pattern.compile(
        Arrays.stream(phrases)
            .collect(Collectors.joining("|", "(?<= )(?:", ")(?= )"))
            .replace("NUMBER", NUMBER));
  }

  private static Set<String> words(String separated) {
    return Arrays.stream(separated.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }
}
