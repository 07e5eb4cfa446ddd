"""Made-up titles of two Sectors, in six languages: of the same work in other words, and of other work in like words."""

# What happens to a title that two Sectors write for one thing: other order, other forms of the words, a word more or
# less, another word, a slip of the pen, other signs between the words, capitals and accents.
PLANTED = {
    "en": [
        ("Use of small satellites for flood warning", "The use of small satellites for flood warnings"),
        ("Sharing of towers in rural areas", "Tower sharing in rural areas"),
        ("Guidelines on the repair of submarine cables", "Guidelines for repairing submarine cables"),
        ("Numbering plans for connected vehicles", "Numbering plan for connected vehicles and drones"),
        ("Protection of children in online games", "PROTECTION OF CHILDREN IN ONLINE-GAMES"),
        ("Measurement of noise at data centres", "Measurment of noise in data centres"),
        ("Training of regulators in spectrum auctions", "Training regulators for spectrum auctions"),
        ("Cost models for community networks in the islands", "Cost models of community networks for small islands"),
    ],
    "fr": [
        (
            "Utilisation de petits satellites pour l’alerte aux crues",
            "L'utilisation des petits satellites : alerte aux crues",
        ),
        ("Partage des pylônes dans les zones rurales", "Le partage de pylones en zone rurale"),
        (
            "Lignes directrices sur la réparation des câbles sous-marins",
            "Lignes directrices : réparation de câbles sous-marins",
        ),
        ("Plans de numérotage pour les véhicules connectés", "Plan de numérotage des véhicules connectés"),
        ("Protection des enfants dans les jeux en ligne", "La protection des enfants et les jeux en ligne"),
        ("Mesure du bruit dans les centres de données", "Mesures de bruit des centres de données"),
    ],
    "es": [
        (
            "Uso de satélites pequeños para la alerta de inundaciones",
            "El uso de pequeños satélites en alertas de inundación",
        ),
        ("Compartición de torres en zonas rurales", "La comparticion de torres en las zonas rurales"),
        ("Directrices sobre la reparación de cables submarinos", "Directrices para reparación de cables submarinos"),
        ("Planes de numeración para vehículos conectados", "Plan de numeración de los vehículos conectados"),
        ("Protección de la infancia en los juegos en línea", "Protección de la infancia en juegos en línea"),
        ("Medición del ruido en los centros de datos", "Mediciones de ruido de centros de datos"),
    ],
    "ru": [
        (
            "Использование малых спутников для предупреждения о наводнениях",
            "Малые спутники: использование для предупреждений о наводнениях",
        ),
        ("Совместное использование вышек в сельских районах", "Совместное использование вышки в сельском районе"),
        ("Руководство по ремонту подводных кабелей", "Руководство по ремонту подводного кабеля"),
        ("Планы нумерации для подключенных транспортных средств", "План нумерации подключённых транспортных средств"),
        ("Защита детей в сетевых играх", "Защита ребенка и детей в сетевых играх"),
        ("Измерение шума в центрах обработки данных", "Измерения шума центров обработки данных"),
    ],
    "ar": [
        ("استخدام السواتل الصغيرة للإنذار بالفيضانات", "استخدام السواتل الصغيرة في الإنذار بالفيضانات"),
        ("تقاسم الأبراج في المناطق الريفية", "تقاسم أبراج المناطق الريفية"),
        ("مبادئ توجيهية لإصلاح الكبلات البحرية", "المبادئ التوجيهية بشأن إصلاح الكبلات البحرية"),
        ("خطط الترقيم للمركبات الموصولة", "خطط ترقيم المركبات الموصولة"),
        ("حماية الأطفال في الألعاب على الإنترنت", "حماية الأطفال والألعاب على الإنترنت"),
        ("قياس الضوضاء في مراكز البيانات", "قياس ضوضاء مراكز البيانات"),
    ],
    "zh_hans": [
        ("利用小型卫星进行洪水预警", "利用小型卫星的洪水预警"),
        ("农村地区铁塔共享", "农村地区的铁塔共享指南"),
        ("海底电缆维修导则", "关于海底电缆维修的导则"),
        ("联网车辆的编号方案", "联网车辆编号方案"),
        ("在线游戏中的儿童保护", "儿童保护与在线游戏"),
        ("数据中心噪声的测量", "数据中心噪声测量方法"),
    ],
}  # fmt: skip

# Other work, in words that are partly the same: the finder says nothing of it.
CLEAN = {
    "en": [
        ("Use of small satellites for flood warning", "Use of large antennas for radio astronomy"),
        ("Sharing of towers in rural areas", "Sharing of spectrum in urban areas"),
        ("Numbering plans for connected vehicles", "Numbering plans for emergency services"),
        ("Protection of children in online games", "Protection of personal data in online services"),
        ("Measurement of noise at data centres", "Energy efficiency of data centres"),
        ("Fixed-satellite service below 30 GHz", "Mobile-satellite service above 30 GHz"),
        ("Economic aspects of national networks", "Security aspects of international networks"),
        ("Agenda", "Report"),
    ],
    "fr": [
        ("Partage des pylônes dans les zones rurales", "Partage du spectre dans les zones urbaines"),
        ("Protection des enfants dans les jeux en ligne", "Protection des câbles sous-marins"),
        ("Mesure du bruit dans les centres de données", "Efficacité énergétique des centres de données"),
    ],
    "es": [
        ("Compartición de torres en zonas rurales", "Compartición del espectro en zonas urbanas"),
        ("Protección de la infancia en los juegos en línea", "Protección de los cables submarinos"),
        ("Medición del ruido en los centros de datos", "Eficiencia energética de los centros de datos"),
    ],
    "ru": [
        ("Совместное использование вышек в сельских районах", "Совместное использование спектра в городских районах"),
        ("Защита детей в сетевых играх", "Защита подводных кабелей"),
        ("Измерение шума в центрах обработки данных", "Энергоэффективность центров обработки данных"),
    ],
    "ar": [
        ("تقاسم الأبراج في المناطق الريفية", "تقاسم الطيف في المناطق الحضرية"),
        ("حماية الأطفال في الألعاب على الإنترنت", "حماية الكبلات البحرية"),
        ("قياس الضوضاء في مراكز البيانات", "كفاءة الطاقة في مراكز البيانات"),
    ],
    "zh_hans": [
        ("农村地区铁塔共享", "城市地区频谱共享"),
        ("在线游戏中的儿童保护", "海底电缆的保护"),
        ("数据中心噪声的测量", "数据中心的能源效率"),
    ],
}  # fmt: skip
