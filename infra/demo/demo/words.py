"""What the synthetic people and places are called: common names, invented streets and towns."""

from __future__ import annotations

FIRST_NAMES = {
    "en": ("Aaron", "Alicia", "Andre", "Beth", "Brandon", "Carla", "Chris", "Dana", "Darnell", "Diane", "Emily",
           "Eric", "Faith", "Gary", "Grace", "Hannah", "Ian", "Jamal", "Janet", "Jason", "Joy", "Keisha", "Kevin",
           "Kim", "Lamar", "Laura", "Linh", "Marcus", "Megan", "Minh", "Nora", "Oscar", "Paul", "Priya", "Quinn",
           "Rachel", "Ray", "Sam", "Sean", "Siobhán", "Tanya", "Thuy", "Tyrone", "Vera", "Wade", "Zoë"),
    "es": ("Adriana", "Alejandro", "Ana", "Andrés", "Beatriz", "Carlos", "César", "Claudia", "Daniel", "Elena",
           "Esteban", "Fernanda", "Gabriel", "Gloria", "Héctor", "Inés", "Iván", "Jesús", "José", "Juana", "Julio",
           "Leticia", "Lucía", "Luis", "Manuel", "Marisol", "María", "Martín", "Miguel", "Mónica", "Noé", "Óscar",
           "Patricia", "Paz", "Ramón", "Raúl", "Rosa", "Sofía", "Teresa", "Tomás", "Verónica", "Ximena", "Yolanda"),
}

LAST_NAMES = {
    "en": ("Abbott", "Baker", "Banks", "Carter", "Chen", "Clark", "Cole", "Davis", "Dixon", "Edwards", "Ellis",
           "Fisher", "Foster", "Grant", "Hayes", "Hill", "Howard", "Jackson", "Johnson", "Kaur", "Kelly", "Lee",
           "Lewis", "Mason", "Miller", "Moore", "Nguyen", "O’Brien", "Owens", "Park", "Parker", "Patel", "Price",
           "Reed", "Robinson", "Santos", "Scott", "Shaw", "Singh", "Smith-Jones", "Tran", "Turner", "Vang", "Walker",
           "Ward", "West", "Wong", "Young"),
    "es": ("Aguilar", "Álvarez", "Ayala", "Cárdenas", "Castillo", "Castro", "Contreras", "Cruz", "de la Cruz",
           "Delgado", "Díaz", "Escobar", "Espinoza", "Fernández", "Flores", "Fuentes", "García", "Gómez", "González",
           "Guerrero", "Gutiérrez", "Hernández", "Ibáñez", "Jiménez", "López", "Luna", "Maldonado", "Márquez",
           "Martínez", "Medina", "Mejía", "Méndez", "Molina", "Morales", "Muñoz", "Navarro", "Núñez", "Ochoa",
           "Ortiz", "Peña", "Pérez", "Ramírez", "Ramos", "Reyes", "Ríos", "Rivera", "Rodríguez", "Salazar", "Soto",
           "Torres", "Trujillo", "Valdez", "Vargas", "Vega", "Villaseñor", "Zúñiga"),
}

STREETS = ("Alder Sample", "Blue Fixture", "Canyon Placeholder", "Demo Orchard", "Example Hill", "Fictional Oak",
           "Imagined Creek", "Invented Mesa", "Made-up Manzanita", "Mock Poppy", "Pretend Harbor", "Sample Sage",
           "Synthetic Sierra", "Test Meadow", "Trial Vineyard", "Unreal Willow")
STREET_KINDS = ("St", "Ave", "Dr", "Ln", "Ct", "Blvd", "Way")

# County (FIPS) with invented towns and ZIP codes of a prefix that the post does not use.
TOWNS = {
    "06001": (("Bahía Nueva", "92901"), ("Estero Alto", "92902")),
    "06019": (("Campo Llano", "92911"), ("Raisin Crossing", "92912")),
    "06029": (("Derrick Flats", "92921"),),
    "06037": (("Ciudad Ejemplo", "92931"), ("Palmera Park", "92932"), ("Signal Vista", "92933")),
    "06059": (("Naranjo Beach", "92941"),),
    "06065": (("Arroyo Citrus", "92951"), ("Desert Pretend", "92952")),
    "06067": (("Two Rivers Demo", "92961"),),
    "06073": (("Puerto Muestra", "92971"), ("Mesa Imaginaria", "92972")),
    "06085": (("Orchard Circuit", "92981"),),
    "06107": (("Sequoia Llana", "92991"),),
}

# Of each county; with 555-01xx behind them, which are kept for stories, these reach nobody.
AREA_CODES = {"06001": "510", "06019": "559", "06029": "661", "06037": "213", "06059": "714", "06065": "951",
              "06067": "916", "06073": "619", "06085": "408", "06107": "559"}

EMPLOYERS = ("Example Freight Lines", "Fictional Fruit Packers", "Imagined Home Care", "Invented Roofing Co.",
             "Made-up Market", "Mock Motors Service", "Placeholder Staffing", "Pretend Produce", "Sample Bakery",
             "Synthetic School District", "Test Kitchen Catering", "Trial Tile & Stone")

# Where in the agency's house somebody is received, and the laboratory, in the language of who comes.
OFFICE_NAMES = {
    "en": {"interviews": "Child support office, interview rooms, 2nd floor",
           "meetings": "Child support office, Room 140",
           "counter": "Child support office, front counter", "laboratory": "Sample Laboratory, Suite B"},
    "es": {"interviews": "Oficina de manutención de los hijos, salas de entrevistas, segundo piso",
           "meetings": "Oficina de manutención de los hijos, sala 140",
           "counter": "Oficina de manutención de los hijos, ventanilla de atención",
           "laboratory": "Laboratorio Sample, oficina B"},
}
