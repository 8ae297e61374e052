package framewise.vision.builtin.object;

/**
 * The detector's 80 kinds of things, in its order: the labels of the COCO data set (Lin et al.,
 * 2014).
 */
public enum ObjectKind {
  PERSON("person", "people"),
  BICYCLE("bicycle", "bicycles"),
  CAR("car", "cars"),
  MOTORCYCLE("motorcycle", "motorcycles"),
  AIRPLANE("airplane", "airplanes"),
  BUS("bus", "buses"),
  TRAIN("train", "trains"),
  TRUCK("truck", "trucks"),
  BOAT("boat", "boats"),
  TRAFFIC_LIGHT("traffic light", "traffic lights"),
  FIRE_HYDRANT("fire hydrant", "fire hydrants"),
  STOP_SIGN("stop sign", "stop signs"),
  PARKING_METER("parking meter", "parking meters"),
  BENCH("bench", "benches"),
  BIRD("bird", "birds"),
  CAT("cat", "cats"),
  DOG("dog", "dogs"),
  HORSE("horse", "horses"),
  SHEEP("sheep", "sheep"),
  COW("cow", "cows"),
  ELEPHANT("elephant", "elephants"),
  BEAR("bear", "bears"),
  ZEBRA("zebra", "zebras"),
  GIRAFFE("giraffe", "giraffes"),
  BACKPACK("backpack", "backpacks"),
  UMBRELLA("umbrella", "umbrellas"),
  HANDBAG("handbag", "handbags"),
  TIE("tie", "ties"),
  SUITCASE("suitcase", "suitcases"),
  FRISBEE("frisbee", "frisbees"),
  SKIS("skis", "skis"),
  SNOWBOARD("snowboard", "snowboards"),
  SPORTS_BALL("sports ball", "sports balls"),
  KITE("kite", "kites"),
  BASEBALL_BAT("baseball bat", "baseball bats"),
  BASEBALL_GLOVE("baseball glove", "baseball gloves"),
  SKATEBOARD("skateboard", "skateboards"),
  SURFBOARD("surfboard", "surfboards"),
  TENNIS_RACKET("tennis racket", "tennis rackets"),
  BOTTLE("bottle", "bottles"),
  WINE_GLASS("wine glass", "wine glasses"),
  CUP("cup", "cups"),
  FORK("fork", "forks"),
  KNIFE("knife", "knives"),
  SPOON("spoon", "spoons"),
  BOWL("bowl", "bowls"),
  BANANA("banana", "bananas"),
  APPLE("apple", "apples"),
  SANDWICH("sandwich", "sandwiches"),
  ORANGE("orange", "oranges"),
  BROCCOLI("broccoli", "broccoli"),
  CARROT("carrot", "carrots"),
  HOT_DOG("hot dog", "hot dogs"),
  PIZZA("pizza", "pizzas"),
  DONUT("donut", "donuts"),
  CAKE("cake", "cakes"),
  CHAIR("chair", "chairs"),
  COUCH("couch", "couches"),
  POTTED_PLANT("potted plant", "potted plants"),
  BED("bed", "beds"),
  DINING_TABLE("dining table", "dining tables"),
  TOILET("toilet", "toilets"),
  TV("tv", "tvs"),
  LAPTOP("laptop", "laptops"),
  MOUSE("mouse", "mice"),
  REMOTE("remote", "remotes"),
  KEYBOARD("keyboard", "keyboards"),
  CELL_PHONE("cell phone", "cell phones"),
  MICROWAVE("microwave", "microwaves"),
  OVEN("oven", "ovens"),
  TOASTER("toaster", "toasters"),
  SINK("sink", "sinks"),
  REFRIGERATOR("refrigerator", "refrigerators"),
  BOOK("book", "books"),
  CLOCK("clock", "clocks"),
  VASE("vase", "vases"),
  SCISSORS("scissors", "scissors"),
  TEDDY_BEAR("teddy bear", "teddy bears"),
  HAIR_DRIER("hair drier", "hair driers"),
  TOOTHBRUSH("toothbrush", "toothbrushes");

  private final String singular;
  private final String plural;

  ObjectKind(String singular, String plural) {
    this.singular = singular;
    this.plural = plural;
  }

  /** The label, such as {@code cell phone}. */
  public String singular() {
    return singular;
  }

  public String plural() {
    return plural;
  }
}
