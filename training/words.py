"""Word lists for the project's own trees (`trees.py`): actors, names, places and the verbs of conflict and diplomacy."""

# country | demonym | cities; a `*` marks a first word tagged as adjective, a leading `the` belongs to the name
COUNTRIES = [line.split("|") for line in """
Azerbaijan|Azerbaijani|Baku Ganja
Armenia|Armenian|Yerevan Gyumri
Pakistan|Pakistani|Islamabad Peshawar Quetta
India|Indian|Srinagar Mumbai
Ukraine|Ukrainian|Kyiv Kharkiv Kherson
Russia|Russian|Moscow Grozny
Syria|Syrian|Damascus Aleppo Idlib
Turkey|Turkish|Ankara Diyarbakir
Iraq|Iraqi|Baghdad Mosul Kirkuk
Iran|Iranian|Tehran Isfahan
Israel|Israeli|Jerusalem Haifa
Lebanon|Lebanese|Beirut Tripoli
Egypt|Egyptian|Cairo Rafah
Libya|Libyan|Benghazi Sirte
Sudan|Sudanese|Khartoum Nyala
Ethiopia|Ethiopian|Mekelle Gondar
Somalia|Somali|Mogadishu Kismayo
Nigeria|Nigerian|Maiduguri Abuja
Mali|Malian|Bamako Gao
Rwanda|Rwandan|Kigali
Congo|Congolese|Goma Bukavu
Kenya|Kenyan|Nairobi Garissa
Yemen|Yemeni|Sanaa Aden Hodeidah
Saudi* Arabia|Saudi|Riyadh Jeddah
Qatar|Qatari|Doha
China|Chinese|Beijing Urumqi
Taiwan|Taiwanese|Taipei
Japan|Japanese|Tokyo
Vietnam|Vietnamese|Hanoi
Myanmar|Burmese|Yangon Sittwe
Thailand|Thai|Bangkok
Indonesia|Indonesian|Jakarta
Afghanistan|Afghan|Kabul Kandahar Kunduz
Georgia|Georgian|Tbilisi
Serbia|Serbian|Belgrade
Kosovo|Kosovar|Pristina
Greece|Greek|Athens
Poland|Polish|Warsaw
Germany|German|Berlin
France|French|Paris
Britain|British|London
Spain|Spanish|Madrid
Colombia|Colombian|Bogota Cali
Venezuela|Venezuelan|Caracas
Mexico|Mexican|Tijuana
Cuba|Cuban|Havana
Chile|Chilean|Santiago
Canada|Canadian|Ottawa
Australia|Australian|Canberra
North Korea|Korean|Pyongyang
South Korea|Korean|Seoul
South Sudan|Sudanese|Juba Malakal
the United* States|American|Washington
the United* Kingdom|British|London
Denmark|Danish|Copenhagen
""".strip().splitlines()]

GIVEN = """Ilham Nikol Imran Recep Mohammed Ahmed Hassan Vladimir Sergei Olena Dmytro Antony Lloyd Hillary Rishi Emmanuel Olaf Angela Giorgia Pedro Xi
Wang Kim Yoon Fumio Narendra Sheikh Aung Abiy Isaias Moussa Paul Felix William Muhammadu Bola Cyril Samia Salva Riek Abdel Khalifa Bashar Ali Ebrahim
Hossein Benjamin Yair Mahmoud Ismail Yahya Najib Saad Nayib Gustavo Nicolas Luis Claudia Justin Penny Jacinda Aleksandar Viktor Donald Joe Kaja""".split()
FAMILY = """Aliyev Mammadov Pashinyan Mirzoyan Khan Sharif Erdogan Fidan Salman Lavrov Shoigu Kuleba Zelensky Blinken Austin Clinton Sunak Macron Scholz
Merkel Meloni Sanchez Jinping Yi Kishida Modi Jaishankar Hasina Hlaing Ahmed Afwerki Mahamat Kagame Tshisekedi Ruto Buhari Tinubu Ramaphosa
Kiir Machar Burhan Haftar Raisi Zarif Netanyahu Lapid Abbas Haniyeh Mikati Hariri Bukele Petro Maduro Lula Trudeau Wong Ardern Vucic Orban Kallas""".split()

TITLES = """President|Prime* Minister|Foreign* Minister|Defense Minister|Interior Minister|Vice President|Secretary|Chancellor|King|Emir|Gen.|
General|Senator|Ambassador|Governor|Ayatollah|Sheikh|foreign minister|prime* minister|president|opposition leader|army chief|army spokesman|ministry
spokeswoman|envoy|rebel commander|crown prince|interior minister|defense minister""".replace("\n", " ").split("|")
LEADERS = """president|prime* minister|foreign* minister|government|army|military|defense ministry|foreign* ministry|parliament|supreme* court|air force
navy|intelligence service|interior ministry|border guards+|security forces+|police+|opposition|central* bank|cabinet|coast guard|ambassador|national* assembly
embassy|army chief|election commission|junta|state media+|troops+|soldiers+|officials+|authorities+|lawmakers+|diplomats+|rebels+|warplanes+|fighters+
militia|paramilitary* forces+|prosecutors+|negotiators+|jets+|artillery|special* forces+|peacekeepers+|opposition parties+|trade unions+""".replace("\n", "|").split("|")
GROUPS = """rebels+|insurgents+|militants+|gunmen+|protesters+|demonstrators+|police+|separatists+|jihadists+|troops+|soldiers+|security forces+|government forces+
rebel fighters+|opposition activists+|riot police+|tribal* fighters+|armed* men+|human* rights groups+|suspected* militants+|army officers+|villagers+
students+|striking* workers+|loyalist* militias+|unidentified* gunmen+|masked* men+|coalition warplanes+|aid agencies+|farmers+|refugees+|a mob
a suicide bomber|a court|a judge|the army|the government|the opposition|the junta|the military|the regime|the militia|the court|the coalition|the group
the rebels+|the protesters+|the police+|the two sides+|the two leaders+|both sides+|the authorities+|local* officials+|dissidents+""".replace("\n", "|").split("|")
BODIES = """the Kremlin|the White* House|the Pentagon|NATO|the European* Union|the African* Union|the United* Nations+|the Arab* League|the U.N. Security Council|Hamas|Hezbollah|the Taliban
ISIS|Boko Haram|the Houthis+|Fatah|ECOWAS|ASEAN|OPEC|the World Bank|the Red* Cross|the International* Criminal* Court|the State Department|the Foreign* Ministry
the Defense Ministry|the Interior Ministry|Congress|the Senate|the Supreme* Court|the Labour Party|the EU|the UN|Washington|Beijing|Moscow|Tehran|Brussels|Ankara
the African* Union Commission|the U.N. Human* Rights Council|the Security Council|the Maoists+|the Kurds+|the Palestinians+|the Revolutionary* Guards+""".replace("\n", "|").split("|")

# lemmas by what they take: a person or body, a place, a thing of a kind
PEOPLE = """accuse blame urge warn condemn criticize arrest detain expel free release kill wound attack target meet host visit summon denounce sanction
praise thank sue jail execute kidnap abduct ambush assassinate pardon question threaten defeat repel disperse beat assault invite welcome support back
congratulate rebuke fine charge convict sentence extradite deport dismiss sack ban support fight confront pressure help shoot murder rescue recall oust
appoint censure boycott disarm punish torture harass intercept isolate join defend""".split()
PLACES = """seize capture bomb shell storm besiege retake recapture invade enter evacuate raid surround blockade liberate bombard occupy attack pound hit
strike destroy torch loot search cross control encircle annex flee leave visit reach overrun ransack burn close reopen rebuild defend abandon demolish
hold patrol tour raze vandalize""".split()
THINGS = {
    "impose": "sanctions+ >on|a curfew >in|tariffs+ >on|an arms embargo >on|restrictions+ >on|martial* law >in", "lift": "sanctions+ >on|the blockade of|a ban >on|the siege of",
    "launch": "an attack on|missiles+ >at|air strikes+ on|an offensive in|a probe into|rockets+ >at|an operation against", "sign": "an agreement with|a deal with|a peace treaty with|a pact with",
    "reject": "the proposal of|a ceasefire with|accusations+ by|calls+ for talks with|the plan of", "violate": "the ceasefire in|the airspace of|human* rights in|an agreement with",
    "offer": "talks+ with|aid >to|troops+ >to|an amnesty >to", "demand": "an apology >from|the withdrawal of|the resignation of|the release of", "order": "the release of|the arrest of|an attack on|the expulsion of",
    "pledge": "support for|aid >to|millions+ of dollars >to", "announce": "sanctions+ against|a ceasefire with|the withdrawal of|a deal with", "deploy": "troops+ >to|warships+ >in|tanks+ >to|police+ >in",
    "send": "troops+ >to|aid >to|an envoy >to|weapons+ >to", "withdraw": "troops+ >from|support for|forces+ >from", "cut": "ties+ with|aid >to|off^ supplies+ >to", "restore": "relations+ with|ties+ with",
    "hold": "talks+ with|elections+ >in|military* exercises+ with|a rally >in|a summit with", "stage": "a protest >in|a coup in|attacks+ on", "fire": "rockets+ >at|missiles+ >at|shots+ >at|tear gas >at",
    "halt": "aid >to|trade with|operations+ in|talks+ with", "suspend": "talks+ with|aid >to|ties+ with", "resume": "talks+ with|flights+ to", "cancel": "a visit to|a meeting with", "end": "the siege of|talks+ with",
    "break": "off^ relations+ with|the siege of|the ceasefire with", "approve": "sanctions+ >on|aid >to|a deal with", "deny": "involvement in|links+ with|access to", "provide": "weapons+ >to|aid >to|shelter >to",
    "escalate": "attacks+ on", "extend": "sanctions+ >on|a truce with", "seek": "talks+ with|support >from|asylum >in", "declare": "war >on|a state of emergency in|a truce with", "plant": "bombs+ >in",
    "recognize": "the independence of|the government of", "freeze": "assets+ of|aid >to", "ease": "restrictions+ >on|curbs+ on", "tighten": "the blockade of|sanctions+ >on", "propose": "talks+ with|a truce with",
    "block": "aid >to|a resolution on|access to", "veto": "a resolution on|sanctions+ >on", "discuss": "the situation in|the conflict with|trade with", "mediate": "a truce with|talks+ with", "broker": "a deal with|a ceasefire in",
    "back": "the plan of|sanctions+ >on", "postpone": "a visit to|elections+ >in", "raise": "concerns+ about", "intensify": "attacks+ on|the shelling of", "mass": "troops+ >on", "urge": "restraint in", "ban": "protests+ >in|imports+ from",
    "condemn": "the attack on|the bombing of|the arrest of|the killing of", "welcome": "the decision of|the withdrawal of", "accept": "an invitation from|the proposal of", "test": "missiles+ >near", "delay": "talks+ with",
    "carry": "out^ attacks+ on|out^ air strikes+ in", "shoot": "down^ a drone >near|down^ a plane of", "call": "off^ talks+ with", "step": "up^ attacks+ on",
}
GERUND = {"accuse": "of", "blame": "for", "condemn": "for", "criticize": "for", "charge": "with", "stop": "from", "ban": "from", "suspect": "of", "denounce": "for", "sentence": "for", "jail": "for", "arrest": "for"}
CHARGES = "violating|shelling|killing|supporting|harboring|attacking|arming|backing|bombing|targeting|plotting against|blocking aid to|interfering in|threatening|helping".split("|")
CONTROL = "urge order ask force tell allow invite press pressure warn want".split()
VOW = "agree vow pledge threaten refuse offer promise decide fail plan try prepare want begin continue manage move".split()
INTRANSITIVE = "withdraw negotiate resign retaliate surrender respond disarm cooperate".split()
SAY = "say say say say announce claim warn insist confirm report deny declare add admit believe allege".split()
AGAINST = {"clash": "with", "protest": "against over", "call": "for", "withdraw": "from", "retreat": "from", "apologize": "to for", "flee": "to from", "march": "through in", "meet": "with", "agree": "on with", "rally": "in",
           "fight": "with against in", "talk": "to with", "advance": "on", "arrive": "in", "travel": "to", "negotiate": "with", "appeal": "to", "retaliate": "against", "strike": "at", "return": "to", "cooperate": "with"}
NOUNS = """ceasefire|agreement|resolution|embargo|peace plan|hostages+|prisoners+|reforms+|a truce|a new* election|the deal|the border|bases+|the talks+|an investigation|the crisis|the dispute|dialogue
the peace process|weapons+|a statement|the airport|oil fields+|the report|the allegations+|the charges+|mediation|the territory|the protests+|two villages+|several* towns+|the capital|a checkpoint|positions+""".replace("\n", "|").split("|")
VICTIMS = """civilians+|soldiers+|people+|militants+|policemen+|protesters+|rebels+|hostages+|journalists+|aid workers+|villagers+|women+|children+|troops+""".replace("\n", "|").split("|")
ATTACKS = "attack|air strike|bombing|raid|ambush|suicide bombing|drone strike|clashes+|explosion|missile strike|crackdown|battle|rocket attack|shelling|offensive".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
NUMBERS = "two three four five six seven ten dozens hundreds 12 15 20 34 45 150 300".split()
BEFORE_NOUN = "propose plan dispute jail wound detain accuse besiege occupy displace kidnap kill capture freeze bomb".split()
BEGINNINGS = "end begin resume continue collapse escalate stall worsen fail start".split()
