"""Where each demonstration force works: its number, its invented places, its teams and its courts."""

from msgspec import Struct


class Setting(Struct, frozen=True):
    """What distinguishes one force's records; `crimes_a_day` only sets how fast its reference numbers grow."""

    prefix: str
    crimes_a_day: int
    collar_from: int
    mobile_from: int
    two_way: bool
    welsh: bool
    units: tuple[str, ...]
    towns: tuple[str, ...]
    streets: tuple[str, ...]
    cycles: str
    cafe: str
    grocer: str
    magistrates: str
    crown: str


FORCES = {
    "kent": Setting(
        prefix="46",
        crimes_a_day=421,
        collar_from=10_210,
        mobile_from=0,
        two_way=True,
        welsh=False,
        units=(
            "Marlhythe Investigation Team",
            "Oastbourne Burglary and Vehicle Crime Team",
            "Marlhythe Domestic Abuse Team",
            "Cobblestow Neighbourhood Team",
        ),
        towns=("Marlhythe", "Oastbourne", "Cobblestow", "Hopgarden Green", "Saltmere Quay"),
        streets=("Weatherboard Lane", "Ropewalk Terrace", "Cherrydown Road", "Bell Harp Street", "Curlew Close"),
        cycles="Tidewater Cycles",
        cafe="The Copper Kettle",
        grocer="Bramling Grocers",
        magistrates="Marlhythe Magistrates' Court",
        crown="Oastbourne Crown Court",
    ),
    "humberside": Setting(
        prefix="16",
        crimes_a_day=210,
        collar_from=2_140,
        mobile_from=250,
        two_way=True,
        welsh=False,
        units=(
            "Skeldwyke Investigation Hub",
            "Wexholme Acquisitive Crime Team",
            "Skeldwyke Protecting Vulnerable People Unit",
            "Thornby Haven Neighbourhood Team",
        ),
        towns=("Skeldwyke", "Wexholme", "Thornby Haven", "Estuary Bank", "Millsea"),
        streets=("Trawlerman Street", "Saltmarsh Avenue", "Kittiwake Road", "Old Staithe Lane", "Lantern Row"),
        cycles="Haven Bikes",
        cafe="Staithe Bakery",
        grocer="Millsea Mini Market",
        magistrates="Skeldwyke Magistrates' Court",
        crown="Wexholme Crown Court",
    ),
    "gwent": Setting(
        prefix="61",
        crimes_a_day=134,
        collar_from=1_310,
        mobile_from=500,
        two_way=True,
        welsh=True,
        units=(
            "Abercerdin Investigation Team",
            "Llanfeurig Priority Crime Team",
            "Abercerdin Public Protection Unit",
            "Cwm Eithin Neighbourhood Team",
        ),
        towns=("Abercerdin", "Llanfeurig", "Cwm Eithin", "Pontlas", "Ebolwen"),
        streets=("Heol y Gerddi", "Furnace Row", "Stryd y Felin", "Chartist Terrace", "Clos yr Eos"),
        cycles="Valley Wheels",
        cafe="Caffi'r Bont",
        grocer="Eithin Stores",
        magistrates="Abercerdin Magistrates' Court",
        crown="Llanfeurig Crown Court",
    ),
    "lincolnshire": Setting(
        prefix="32",
        crimes_a_day=153,
        collar_from=1_620,
        mobile_from=750,
        two_way=False,
        welsh=False,
        units=(
            "Wrawdyke Investigation Team",
            "Fendale Rural Crime Team",
            "Wrawdyke Public Protection Team",
            "Seagarth Neighbourhood Team",
        ),
        towns=("Wrawdyke", "Fendale", "Seagarth", "Tulip Fen", "Aldersleigh"),
        streets=("Windpump Lane", "Bulbfield Road", "Steep Rise", "Samphire Way", "Packhorse Street"),
        cycles="Wold Cycles",
        cafe="The Wheatsheaf Tea Room",
        grocer="Fendale Farm Shop",
        magistrates="Wrawdyke Magistrates' Court",
        crown="Wrawdyke Crown Court",
    ),
}
